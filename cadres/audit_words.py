"""The acts of the audit log in words. A new act: one line here; an upper layer adds its own."""

ACTS = {
    "official.add": "Thêm người",
    "official.change": "Sửa hồ sơ",
    "official.export": "Xuất danh sách cán bộ",
    "official.reveal_id": "Xem đủ số CCCD",
    "posting.add": "Thêm vị trí công tác",
    "posting.change": "Sửa vị trí công tác",
    "posting.move": "Đổi vị trí công tác",
    "posting.end": "Kết thúc vị trí công tác",
    "posting.delete": "Xóa vị trí công tác",
    "posting.restore": "Khôi phục vị trí công tác",
    "qualification.add": "Thêm văn bằng, chứng chỉ",
    "qualification.change": "Sửa văn bằng, chứng chỉ",
    "qualification.delete": "Xóa văn bằng, chứng chỉ",
    "qualification.restore": "Khôi phục văn bằng, chứng chỉ",
    "partystatus.add": "Thêm mục đảng viên",
    "partystatus.change": "Sửa mục đảng viên",
    "partystatus.delete": "Xóa mục đảng viên",
    "partystatus.restore": "Khôi phục mục đảng viên",
    "planningentry.add": "Thêm mục quy hoạch",
    "planningentry.change": "Sửa mục quy hoạch",
    "planningentry.delete": "Xóa mục quy hoạch",
    "planningentry.restore": "Khôi phục mục quy hoạch",
    "appraisal.add": "Thêm xếp loại năm",
    "appraisal.change": "Sửa xếp loại năm",
    "appraisal.delete": "Xóa xếp loại năm",
    "appraisal.restore": "Khôi phục xếp loại năm",
    "unit.add": "Thêm đơn vị",
    "unit.change": "Sửa đơn vị",
    "unit.close": "Đóng đơn vị",
    "unit.reopen": "Mở lại đơn vị",
    "units.load": "Nạp đơn vị",
    "unittrait.add": "Thêm đặc điểm địa bàn",
    "unittrait.end": "Kết thúc đặc điểm địa bàn",
    "unittrait.delete": "Xóa đặc điểm địa bàn",
    "unittrait.restore": "Khôi phục đặc điểm địa bàn",
    "unitlanguage.add": "Thêm tiếng tại địa bàn",
    "unitlanguage.end": "Kết thúc tiếng tại địa bàn",
    "unitlanguage.delete": "Xóa tiếng tại địa bàn",
    "unitlanguage.restore": "Khôi phục tiếng tại địa bàn",
    "import.decide": "Lưu lựa chọn khi xem trước danh sách",
    "import.file": "Tải tệp gốc của danh sách",
    "import.marked_file": "Tải tệp danh sách đã đánh dấu lỗi",
    "import.file_deleted": "Xóa tệp của lần nhập đã bỏ từ lâu",
    "import.refused": "Gửi danh sách không nhận được",
    "roster.apply": "Nhập danh sách cán bộ",
    "roster.undo": "Hoàn tác nhập danh sách cán bộ",
    "roster.drop": "Bỏ tệp danh sách cán bộ",
    "roster.take_up": "Mở lại tệp danh sách cán bộ đã bỏ",
    "account.add": "Thêm tài khoản",
    "account.change": "Sửa tài khoản",
    "account.reset_password": "Cấp lại mật khẩu",
    "calendar.open": "Tạo địa chỉ lịch",
    "calendar.close": "Khóa địa chỉ lịch",
    "account.own_password": "Tự đổi mật khẩu",
    "catalogue.change": "Sửa danh mục",
    "catalogue.delete": "Xóa dòng danh mục",
    "catalogue.import": "Nhập danh mục",
    "catalogues.load": "Nạp danh mục dùng chung",
}


def name_acts(acts):
    """Add {act: words}; called by the upper layers."""
    ACTS.update(acts)


def act_in_words(act):
    """The words of an act; the act itself where nobody named it."""
    return ACTS.get(act, act)
