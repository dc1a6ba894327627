"""Preview a list of people who were trained; with --apply, write it under a batch."""

from cadres.acting import add_by
from cadres.management.commands import import_roster
from courses.history.kind import CODE


class Command(import_roster.Command):
    help = "Nhập danh sách đã qua đào tạo, bồi dưỡng từ tệp Excel, OpenDocument hoặc CSV."
    kind = CODE

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="TỆP")
        parser.add_argument("--unit", help="mã hoặc tên đơn vị, khi tệp không nói")
        parser.add_argument("--mapping", help="tệp JSON nói cột nào là gì")
        parser.add_argument("--rows", action="store_true", help="kèm từng dòng")
        parser.add_argument("--apply", action="store_true", help="ghi vào hồ sơ học tập")
        parser.add_argument("--annotated", help="ghi bản có đánh dấu lỗi ra tệp .xlsx này")
        parser.add_argument("--json", action="store_true")
        parser.set_defaults(on=None, absent="keep")
        add_by(parser)
