"""The acts of needs rounds in the words of the audit log."""

NEED_ACTS = {
    "round.add": "Thêm đợt nhu cầu",
    "round.change": "Sửa đợt nhu cầu",
    "round.open": "Mở đợt nhu cầu",
    "round.close": "Chốt đợt nhu cầu",
    "round.reopen": "Mở lại đợt nhu cầu",
    "round.units": "Thêm đơn vị vào đợt nhu cầu",
    "need.save": "Lưu nhu cầu của đơn vị",
    "need.name": "Chọn người vào nhu cầu",
    "need.drop": "Bỏ người khỏi nhu cầu",
    "need.undo": "Hoàn tác bỏ người khỏi nhu cầu",
    "need.submit": "Trình lãnh đạo đơn vị ký nhu cầu",
    "need.take_back": "Lấy lại nhu cầu để sửa",
    "need.sign": "Ký gửi nhu cầu",
    "need.send_back": "Trả lại nhu cầu cho đầu mối",
    "need.return": "Trả lại nhu cầu cho đơn vị",
    "need.accept": "Tiếp nhận nhu cầu",
    "need.accept_many": "Tiếp nhận nhu cầu của nhiều đơn vị",
    "need.undo_accept": "Hoàn tác tiếp nhận nhu cầu",
    "need.remind": "Nhắc đơn vị gửi nhu cầu",
    "plans.refused": "Bị từ chối",
}
