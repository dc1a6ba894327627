"""Where contents may count in official forms: columns of Mẫu số 1, rows of Biểu số 10-BTCTW."""

# (key, number, words); a key under another counts there too
LINES = [
    ("I", "I", "Đào tạo"),
    ("I.1", "1", "Đào tạo chuyên môn"),
    ("I.1.dh", "-", "Đại học"),
    ("I.1.ths", "-", "Thạc sỹ (tương đương)"),
    ("I.1.ts", "-", "Tiến sỹ (tương đương)"),
    ("I.2", "2", "Đào tạo chính trị"),
    ("I.2.tc", "-", "Trung cấp LLCT"),
    ("I.2.tc.tt", "+", "hệ tập trung"),
    ("I.2.tc.kt", "+", "hệ không tập trung"),
    ("I.2.cc", "-", "Cao cấp LLCT"),
    ("I.2.cc.tt", "+", "hệ tập trung"),
    ("I.2.cc.kt", "+", "hệ không tập trung"),
    ("I.2.cn", "-", "Cử nhân LLCT"),
    ("I.2.cn.tt", "+", "hệ tập trung"),
    ("I.2.cn.kt", "+", "hệ không tập trung"),
    ("II", "II", "Bồi dưỡng"),
    ("II.1", "1", "Nghiệp vụ xây dựng Đảng"),
    ("II.2", "2", "Nghiệp vụ đoàn thể chính trị"),
    ("II.3", "3", "Quản lý nhà nước"),
    ("II.4", "4", "Quản lý kinh tế"),
    ("II.5", "5", "Ngoại ngữ"),
    ("II.6", "6", "Tin học"),
    ("II.7", "7", "Cập nhật kiến thức mới"),
    ("II.8", "8", "Quốc phòng - An ninh"),
    ("II.8.1", "-", "Đối tượng 1"),
    ("II.8.2", "-", "Đối tượng 2"),
    ("II.8.3", "-", "Đối tượng 3"),
    ("II.8.4", "-", "Đối tượng 4"),
]
MAPPED = {"mau-1": list("DEFGHIJKLMNOPQRSTUVWX"), "bieu-10": [key for key, *_ in LINES]}
