"""The acts of courses in words, for the audit log."""

CLASSES = {
    "class.add": "Mở lớp",
    "class.change": "Sửa lớp",
    "class.move": "Chuyển trạng thái lớp",
    "class.export": "Xuất danh sách lớp",
    "sessions.change": "Sửa lịch học",
    "sessions.undo": "Hoàn tác sửa lịch học",
    "seats.change": "Sửa suất của đơn vị",
    "course.add": "Thêm khóa",
    "course.change": "Sửa khóa",
    "institution.add": "Thêm cơ sở đào tạo",
    "institution.change": "Sửa cơ sở đào tạo",
    "instructor.add": "Thêm giảng viên",
    "instructor.change": "Sửa giảng viên",
}
RUNNING = {
    "results.set": "Ghi kết quả lớp",
    "results.undo": "Hoàn tác kết quả lớp",
    "results.again": "Ghi lại trình độ theo khóa",
    "grants.confirm": "Xác nhận trình độ do lớp",
    "grants.decline": "Không ghi trình độ do lớp",
    "grants.undo": "Hoàn tác xác nhận trình độ",
    "attendance.set": "Điểm danh",
    "attendance.undo": "Hoàn tác điểm danh",
    "learner.withdraw": "Cho thôi học",
    "learner.rejoin": "Cho học lại",
    "learner.replace": "Thay người học",
    "learner.unreplace": "Hoàn tác thay người học",
    "certificates.issue": "Cấp chứng chỉ",
    "certificates.unissue": "Hoàn tác cấp chứng chỉ",
    "certificate.reissue": "Cấp lại chứng chỉ",
    "certificate.revoke": "Thu hồi chứng chỉ",
    "certificate.unrevoke": "Hoàn tác thu hồi chứng chỉ",
    "certificates.print": "In chứng chỉ",
    "certificates.export": "Xuất sổ chứng chỉ",
    "hours.export": "Xuất danh sách thiếu tiết",
    "commitment.change": "Sửa cam kết phục vụ",
    "commitment.release": "Miễn cam kết phục vụ",
    "commitment.unrelease": "Hoàn tác miễn cam kết",
}
HISTORY = {
    "history.apply": "Nhập danh sách đã qua đào tạo",
    "history.undo": "Hoàn tác danh sách đã qua đào tạo",
    "history.drop": "Bỏ tệp danh sách đã qua đào tạo",
    "history.take_up": "Mở lại tệp danh sách đã qua đào tạo đã bỏ",
}
EVALUATION = {
    "evaluation.open": "Mở đợt đánh giá lớp",
    "evaluation.remind": "Nhắc đánh giá lớp",
    "evaluation.links": "In liên kết đánh giá",
    "questionnaire.change": "Sửa phiếu đánh giá",
}
