"""What headings are called: field -> phrases. Compared without case, tone and punctuation."""

import re
from functools import cache

from cadres.intake.reference import load_json
from trainingplans.lib.text import fold, tidy

# Names in header_aliases.json -> our fields. A dash in front: known, but not imported.
FROM_FILE = {
    "tt": "index",
    "ho_ten": "full_name",
    "ho_dem": "family_name",
    "ten": "given_name",
    "ngay_sinh": "birth_date",
    "gioi_tinh": "gender",
    "dan_toc": "ethnic_group",
    "ton_giao": "-religion",
    "noi_sinh": "-birth_place",
    "que_quan": "-home",
    "cccd": "personal_id",
    "dien_thoai": "phone",
    "email": "email",
    "chuc_vu": "position",
    "vi_tri_viec_lam": "job",
    "don_vi": "unit",
    "phong": "department",
    "loai_can_bo": "staff_kind",
    "ngach": "rank_name",
    "ma_ngach": "rank_code",
    "bac": "-step",
    "he_so": "-coefficient",
    "trinh_do_chuyen_mon": "professional_level",
    "chuyen_nganh": "professional_major",
    "truong_dao_tao": "-school",
    "he_dao_tao": "-form",
    "ly_luan_chinh_tri": "political_level",
    "quan_ly_nha_nuoc": "state_level",
    "tin_hoc": "it_level",
    "ngoai_ngu": "foreign_language",
    "tieng_dan_toc": "ethnic_languages",
    "qpan": "defence_group",
    "dang_vien": "party_member",
    "quy_hoach": "in_planning",
    "trinh_do_van_hoa": "education",
    "khoa_hoc": "-course",
    "ket_qua": "-result",
    "so_chung_chi": "-certificate",
    "nguon_kinh_phi": "-funding",
    "so_quyet_dinh": "-decision",
    "ghi_chu": "note",
}
# Left to the shape of the column or to a field of its own below.
DROPPED = {
    "Ngày vào Đảng", "Đảng viên (x)", "Nữ", "Giới tính > Nam", "Giới tính > Nữ", "Ngày sinh Nam",
    "Ngày sinh Nữ", "Cán bộ", "Công chức", "Viên chức", "Họ", "Trình độ", "Lớp", "ĐT", "DT",
    "Người DTTS", "Ghi chú khác", "Bậc", "Ngành", "Chức danh", "Tên Học viên",
    "Ngạch Công chức thừa hành",
}  # fmt: skip
MORE = {
    "index": "TT; STT; Số TT; Số thứ tự; No; No.; Ord; Order; #; S.T.T; T.T; Seq",
    "full_name": "Họ và tên; Họ tên; Họ, tên; Họ và tên người học; Họ tên học viên; Tên học viên; "
    "Họ và chữ đệm và tên; Họ tên cán bộ; Họ và tên cán bộ công chức; Họ tên đầy đủ; "
    "Họ chữ đệm và tên; Họ đệm và tên; "
    "Họ và tên đầy đủ; Tên cán bộ; Tên công chức; Danh tính; Họ và tên công chức; Họ & tên; "
    "Full name; Name; Fullname; Name of participant; Participant; Participant name; Employee name; "
    "Staff name; Họ và tên cán bộ, công chức, viên chức; Họ tên CBCCVC; Họ và tên CBCC; "
    "Họ và tên CCVC; Họ và tên người đăng ký; Họ và tên đảng viên",
    "family_name": "Họ và tên đệm; Họ và chữ đệm; Họ đệm; Họ, tên đệm; Họ, chữ đệm; Họ lót; "
    "Họ và chữ lót; Họ và tên lót; Họ; Surname; Family name; Last name; Họ và đệm; Họ, đệm",
    "given_name": "Tên; Given name; First name; Tên gọi",
    "middle_name": "Tên đệm; Chữ đệm; Đệm; Tên lót; Middle name",
    "birth_date": "Ngày sinh; Năm sinh; Ngày tháng năm sinh; Sinh ngày; Sinh năm; NTNS; NS; "
    "Ngày/tháng/năm sinh; Ngày th.năm sinh; Ngày tháng sinh; Ngày, tháng, năm sinh; Date of birth; "
    "Birth date; Birthday; DOB; Year of birth; Ngày sinh năm sinh; Ng.sinh; Ngày th năm sinh; "
    "N.sinh; Born; Birthdate; Ngày sinh (dd/mm/yyyy); D.O.B",
    "gender": "Giới tính; Nam/Nữ; Nam, nữ; Gender; Sex; GT; Phái; Nam (nữ); Giới; Nam hay nữ",
    "gender_female": "Nữ; Là nữ; Nữ (x); Female; Giới tính nữ; Phái nữ; CB nữ; Cán bộ nữ",
    "gender_male": "Nam; Male",
    "ethnic_group": "Dân tộc; Thành phần dân tộc; Tộc người; Ethnicity; Ethnic group; Ethnic; "
    "D.tộc; Dtộc; TPDT; Dân tộc thiểu số; Nationality group; Ethnic minority; Tên dân tộc",
    "personal_id": "Số CCCD; CCCD; Căn cước; Căn cước công dân; Số căn cước công dân; Số căn cước; "
    "Số định danh cá nhân; Số định danh; Mã định danh; Mã định danh cá nhân; Số ĐDCN; ĐDCN; "
    "CMND; CMTND; CMT; Số CMND; Số CCCD/CMND; CCCD/CMND; CMND/CCCD; Số CMND/CCCD; CMND (CCCD); "
    "Số thẻ căn cước; ID number; "
    "ID No; ID No.; ID; Identity number; Citizen ID; National ID; Identity card; Personal ID; "
    "ID card; Số CC; Số CC/CCCD; Căn cước/CCCD; Identification number",
    "staff_code": "Mã CBCCVC; Mã CBCC; Mã cán bộ; Mã công chức; Mã viên chức; Mã nhân viên; Mã NV; "
    "Mã số cán bộ; Số hiệu CBCCVC; Số hiệu công chức; Số hiệu cán bộ; Số hiệu CBCC; Mã CB; Mã CC; "
    "Mã số CBCCVC; Staff code; Staff ID; Employee ID; Employee code; Mã hồ sơ; Số hiệu viên chức; "
    "Số hiệu cán bộ công chức; Số hiệu cán bộ, công chức, viên chức; Mã số công chức; Mã CCVC; "
    "Mã nhân sự; Mã số nhân viên; Staff No; Employee No; Số hồ sơ; Mã cán bộ, công chức, viên chức; "
    "Mã số; Mã CBCCVC tỉnh; Mã hồ sơ CBCCVC",
    "unit": "Đơn vị; Đơn vị công tác; Cơ quan; Cơ quan, đơn vị; Cơ quan đơn vị công tác; "
    "Cơ quan/đơn vị; Nơi công tác; Cơ quan công tác; Tên đơn vị; Tên cơ quan; Đơn vị (xã); "
    "Phòng (đơn vị); Organization; Organisation; Unit; Agency; Workplace; Office; Work unit; "
    "Xã, phường; Xã, phường, thị trấn; Xã/phường; Xã/phường/thị trấn; Xã, thị trấn; Tên xã; "
    "Cơ quan, đơn vị công tác; ĐVCT; Nơi làm việc; Đơn vị đang công tác; Cơ quan đang công tác; "
    "Đơn vị cử đi; Đơn vị hiện tại; Đơn vị quản lý; Đơn vị sử dụng; Xã; Trường; Institution; "
    "Tên cơ quan, đơn vị; Employer; Xã/phường công tác; Đơn vị sử dụng CBCCVC; Commune; "
    "UBND xã, phường; UBND xã; Đơn vị xã phường; Agency/Unit; Agency / Unit; Place of work; "
    "Tên đơn vị công tác; Đơn vị công tác hiện nay; Cơ quan, đơn vị, địa phương",
    "department": "Phòng; Phòng, ban; Phòng ban; Phòng công tác; Phòng chuyên môn; Department; "
    "Bộ phận; Tổ; Khoa; Đơn vị trực thuộc; Division; Phòng/ban",
    "staff_kind": "Loại hình; Đối tượng; Loại cán bộ; Loại CBCCVC; Cán bộ/công chức; Phân loại; "
    "Cán bộ, công chức; CB/CC; CB, CC; CB/CC/VC; Cán bộ, công chức, viên chức; Diện; Khối; Loại; "
    "Cán bộ/công chức/viên chức; Là cán bộ, công chức; Staff type; Staff kind; Category; Type; "
    "Phân loại cán bộ; Loại hình cán bộ; Đối tượng CBCCVC; Loại đối tượng; Nhóm đối tượng; "
    "CBCCVC; Biên chế; Thuộc đối tượng; Loại hình lao động; Loại CB; Nhóm; Staff category; "
    "Type of staff; Phân loại CBCCVC; Loại nhân sự; Loại lao động; Ghi rõ cán bộ, công chức; "
    "CB hoặc CC; Cán bộ hay công chức; Cán bộ hoặc công chức; CB - CC; Đối tượng (CB, CC, VC)",
    "position": "Chức vụ; Chức danh; Chức vụ, chức danh; Chức danh, chức vụ; Chức vụ hiện tại; "
    "Chức vụ/chức danh; Chức vụ hiện nay; Chức vụ đảm nhiệm; Chức vụ/vị trí việc làm; Position; "
    "Job title; Title; Chức vụ, chức danh hiện tại; Chức danh công tác; Chức vụ công tác; "
    "Chức vụ, chức danh đang đảm nhiệm; Chức vụ, nhiệm vụ; Chức vụ chính quyền; Occupation; "
    "Chức vụ, vị trí việc làm; Chức vụ hoặc chức danh; Chức vụ (chức danh); Post; CV; Role; "
    "Chức danh nghề nghiệp; Chức vụ, chức danh công tác; Designation; Current position",
    "job": "Vị trí việc làm; VTVL; Nhiệm vụ; Nhiệm vụ được giao; Công việc; Vị trí công tác; "
    "Nhiệm vụ phụ trách; Lĩnh vực phụ trách; Công việc đảm nhận; Vị trí; Nghề nghiệp; "
    "Công việc phụ trách; Vị trí, việc làm; Tên vị trí việc làm",
    "rank_code": "Mã ngạch; Mã số ngạch; Mã CDNN; Mã số CDNN; Mã số chức danh nghề nghiệp; "
    "Mã ngạch, CDNN; Mã ngạch/CDNN; Rank code; Mã ngạch lương; Mã ngạch công chức; "
    "Mã ngạch hiện giữ; Mã số ngạch, CDNN; Mã chức danh nghề nghiệp; Mã ngạch/hạng; Mã ngạch bậc; "
    "Civil servant rank code; Grade code; Mã số (ngạch); Mã ngạch hoặc CDNN; Ngạch (mã số)",
    "rank_name": "Ngạch; Tên ngạch; Ngạch công chức; Ngạch công chức, viên chức; Rank; "
    "Ngạch/hạng CDNN; Ngạch hiện giữ; Ngạch, hạng; Ngạch/CDNN; Ngạch lương; Hạng CDNN",
    "party_member": "Đảng viên; ĐV; Đảng viên (x); Là đảng viên; Đảng; Đảng tịch; Party member; "
    "Party; CPV member; Là Đảng viên ĐCSVN; Đảng viên ĐCSVN; Vào Đảng; Đảng viên Đảng CSVN; "
    "Communist party member; Membership of the Party",
    "party_joined": "Ngày vào Đảng; Ngày kết nạp; Ngày kết nạp Đảng; Năm vào Đảng; Vào Đảng ngày; "
    "Ngày tháng năm vào Đảng; Ngày, tháng, năm vào Đảng; Ngày vào ĐCSVN; Date of joining party; "
    "Ngày vào Đảng CSVN; Party joining date; Ngày vào Đảng dự bị; Party admission date; "
    "Ngày kết nạp Đảng viên; Thời gian vào Đảng; Ngày vào ĐCS; Kết nạp Đảng; Joined party; "
    "Ngày tháng vào Đảng; Ngày vào ĐCS Việt Nam; Ngày vào Đảng Cộng sản Việt Nam; Party date; "
    "Date joined the Party; Party joined; Date of Party admission; Vào Đảng (ngày, tháng, năm)",
    "education": "Trình độ văn hóa; Văn hóa; TĐVH; Học vấn; Trình độ học vấn; Giáo dục phổ thông; "
    "Trình độ GDPT; GDPT; Trình độ phổ thông; Trình độ giáo dục phổ thông; VH; T.độ văn hóa; "
    "Học vấn phổ thông; General education; Schooling; Văn hóa phổ thông; Phổ thông; Lớp (hệ); "
    "High school; Trình độ VH; Tốt nghiệp phổ thông; Trình độ văn hóa phổ thông",
    "professional_level": "Trình độ chuyên môn; Chuyên môn; TĐCM; Trình độ đào tạo; Trình độ CM; "
    "Trình độ chuyên môn nghiệp vụ; Chuyên môn nghiệp vụ; Chuyên môn, nghiệp vụ; Bằng cấp; "
    "Trình độ chuyên môn cao nhất; Trình độ; Qualification; Degree; Education level; CMNV; CM; "
    "Trình độ CMNV; Trình độ chuyên môn, nghiệp vụ; Trình độ chuyên môn (ghi rõ ngành); Học vị; "
    "Professional level; Professional qualification; Văn bằng; Bằng cấp chuyên môn; T.độ CM; "
    "Chuyên môn cao nhất; Trình độ cao nhất; Trình độ chuyên môn đào tạo; Highest degree; "
    "Academic level; Trình độ chuyên môn, chuyên ngành; Bằng chuyên môn; Education; "
    "Chuyên môn đào tạo; Học hàm, học vị; Level of education; Academic qualification",
    "professional_major": "Chuyên ngành; Chuyên ngành đào tạo; Ngành đào tạo; Ngành; Ngành học; "
    "Chuyên ngành ĐT; Ngành, chuyên ngành; Major; Field of study; Ngành/chuyên ngành; Speciality; "
    "Chuyên ngành học; Ngành chuyên môn; Lĩnh vực đào tạo; Chuyên ngành chuyên môn; Specialization; "
    "Ngành nghề; Specialty; Specialisation; Ngành nghề đào tạo; Ngành, nghề đào tạo; Field; "
    "Chuyên ngành cao nhất; Tên ngành; Chuyên ngành/ngành",
    "political_level": "Lý luận chính trị; LLCT; Trình độ LLCT; Chính trị; Lý luận; Lý luận CT; "
    "Trình độ lý luận chính trị; Trình độ chính trị; LL chính trị; Political theory; "
    "Trình độ lý luận; Lí luận chính trị; LL CT; Political level; Trình độ LL chính trị; "
    "Political education; Politics; Bằng LLCT; Bồi dưỡng LLCT; Political theory level; CT; "
    "Trình độ LL; TĐLLCT; TĐ LLCT; Bằng lý luận chính trị; TĐCT",
    "state_level": "Quản lý nhà nước; QLNN; Trình độ QLNN; Bồi dưỡng QLNN; Chứng chỉ QLNN; "
    "Trình độ quản lý nhà nước; Quản lý hành chính nhà nước; QLHCNN; Kiến thức QLNN; Bồi dưỡng ngạch; "
    "Bồi dưỡng quản lý nhà nước; State management; QL nhà nước; Quản lý NN; BD QLNN; "
    "State administration; Bồi dưỡng kiến thức QLNN; Chương trình QLNN; Lớp QLNN; CC QLNN; "
    "Kiến thức quản lý nhà nước; Chứng chỉ quản lý nhà nước; Public administration; TĐQLNN; "
    "Chứng chỉ bồi dưỡng QLNN; QLNN (ngạch); State management training; Bồi dưỡng ngạch công chức; "
    "BD ngạch; Public administration level; Quản lí nhà nước",
    "it_level": "Tin học; Trình độ tin học; CNTT; Tin học văn phòng; Chứng chỉ tin học; Computer; "
    "IT; Computer skills; Ứng dụng CNTT; IT skills; IT level; Trình độ CNTT; Công nghệ thông tin; TH; "
    "Tin học (chứng chỉ); Informatics; Computer literacy; Chứng chỉ CNTT; Kỹ năng CNTT; "
    "Trình độ Tin học (CNTT); IT certificate",
    "foreign_language": "Ngoại ngữ; Trình độ ngoại ngữ; Tiếng Anh; Anh văn; Chứng chỉ ngoại ngữ; "
    "Foreign language; English; NN; Ngoại ngữ (chứng chỉ); Foreign languages; Language; "
    "English level; Trình độ tiếng Anh; Ngoại ngữ, trình độ",
    "ethnic_languages": "Tiếng dân tộc; Tiếng DTTS; Tiếng dân tộc thiểu số; Chứng chỉ tiếng dân tộc; "
    "Chứng chỉ tiếng DTTS; Tiếng dân tộc tại chỗ; Biết tiếng dân tộc; Tiếng DT; "
    "Ethnic language; Ethnic languages; Ethnic minority language; Minority language; "
    "Minority languages; Chứng chỉ tiếng dân tộc thiểu số; Bồi dưỡng tiếng dân tộc; "
    "Ngôn ngữ dân tộc; Sử dụng tiếng DTTS; Tiếng dân tộc thiểu số (ghi rõ); Tiếng DTTS tại chỗ; "
    "Local language; Tiếng dân tộc (ghi rõ tiếng); CC tiếng DTTS; Ethnic minority languages",
    "defence_group": "QPAN; QP-AN; QP&AN; Quốc phòng an ninh; Quốc phòng - An ninh; GDQPAN; "
    "Bồi dưỡng QPAN; Kiến thức QPAN; Đối tượng QPAN; GDQP&AN; GDQP-AN; Kiến thức quốc phòng; "
    "Bồi dưỡng kiến thức QPAN; Bồi dưỡng kiến thức quốc phòng an ninh; Quốc phòng; ANQP; "
    "Quốc phòng và an ninh; Giáo dục quốc phòng; Đối tượng BD QPAN; Kiến thức QP-AN; "
    "Defence and security; National defence; Kiến thức QP&AN; BD KT QPAN; QP AN; BDKT QPAN; "
    "Giáo dục QPAN; Giáo dục quốc phòng và an ninh; Bồi dưỡng QP-AN; Defence training; "
    "Defence group; BDKTQP; Kiến thức quốc phòng, an ninh; An ninh quốc phòng; Defense; "
    "Bồi dưỡng quốc phòng an ninh; Quốc phòng, an ninh (đối tượng); Chứng chỉ QPAN",
    "in_planning": "Quy hoạch; Trong quy hoạch; Diện quy hoạch; Chức danh quy hoạch; QH; "
    "Chức vụ quy hoạch; Được quy hoạch; Thuộc quy hoạch; Cán bộ quy hoạch; In planning; "
    "Đã quy hoạch; Nguồn quy hoạch; Có trong quy hoạch; Quy hoạch chức danh; Planned; "
    "Quy hoạch cán bộ; Đối tượng quy hoạch; In succession plan; Trong diện quy hoạch",
    "phone": "Số điện thoại; Điện thoại; SĐT; ĐT; Di động; ĐTDĐ; Số ĐT; Điện thoại di động; "
    "Điện thoại liên hệ; Số di động; Phone; Phone number; Mobile; Tel; Telephone; Cell phone; "
    "Số máy; Liên hệ; Số ĐTDĐ; Điện thoại liên lạc; Mobile phone; Contact number; Contact; "
    "Số điện thoại di động; Số ĐT liên hệ; Phone no; Tel.; Mobile No; ĐT liên hệ; Hotline",
    "email": "Email; E-mail; Thư điện tử; Hộp thư; Hộp thư công vụ; Thư công vụ; Địa chỉ email; "
    "Mail; Email công vụ; Hộp thư điện tử; Email address; Địa chỉ thư điện tử; Thư điện tử công vụ",
    "note": "Ghi chú; GC; Remarks; Remark; Notes; Note; Comments; G.chú; Lưu ý; Comment",
    # Known, never imported: so that they are not taken for something else.
    "-minority": "Người DTTS; DTTS; Là người DTTS; Người dân tộc thiểu số; CB người DTTS",
    "-step": "Bậc; Bậc lương; Step",
    "-coefficient": "Hệ số; Hệ số lương; HSL; Coefficient; Salary coefficient; Lương; Salary; "
    "Mức lương; Phụ cấp; Hệ số phụ cấp; PCCV; PCTN",
    "-school": "Trường; Trường đào tạo; Cơ sở đào tạo; Nơi đào tạo; School; University; "
    "Tên trường; Trường tốt nghiệp",
    "-form": "Hệ đào tạo; Hình thức đào tạo; Hình thức; Loại hình đào tạo; Hệ",
    "-graduated": "Năm tốt nghiệp; Năm TN; Năm cấp; Ngày cấp; Nơi cấp; Ngày cấp CCCD; Xếp loại; "
    "Xếp loại tốt nghiệp; Năm đào tạo; Thời gian đào tạo; Loại tốt nghiệp; Graduation year; "
    "Date of issue; Place of issue; Nơi cấp CCCD; Năm cấp chứng chỉ",
    "-date": "Ngày vào ngành; Ngày tuyển dụng; Ngày bổ nhiệm; Ngày vào Đảng chính thức; "
    "Ngày chính thức; Chính thức; Ngày hưởng; Thời gian công tác; Ngày vào cơ quan; Năm công tác; "
    "Ngày giữ ngạch; Ngày vào Đoàn; Năm tuyển dụng; Thâm niên; Thời gian giữ chức vụ; Ngày xếp; "
    "Ngày nhập ngũ; Tuổi Đảng; Tuổi; Độ tuổi; Thời điểm hưởng; Năm vào ngành; Ngày nâng lương; "
    "Ngày vào làm; Ngày bắt đầu; Ngày kết thúc; Age; Start date; Official date; Nhiệm kỳ; "
    "Số năm công tác; Ngày nghỉ hưu; Thời điểm nghỉ hưu; Năm nghỉ hưu; Ngày công nhận chính thức; "
    "Thẻ đảng; Số thẻ đảng; Số thẻ đảng viên; Chức vụ Đảng; Chức vụ đoàn thể; Kiêm nhiệm; "
    "Chức vụ kiêm nhiệm; Chức vụ trong Đảng; Cấp ủy; Thời gian bổ nhiệm; Số năm; BHXH; Mã số BHXH",
    "-place": "Thôn; Thôn, bon; Thôn/bon; Thôn, bản; Bản; Ấp; Tổ dân phố; Thôn, tổ dân phố; Địa chỉ; "
    "Nơi ở; Nơi ở hiện nay; Hộ khẩu; Hộ khẩu thường trú; Chỗ ở; Thường trú; Huyện; Tỉnh; Address; "
    "District; Province; Thôn, buôn; Buôn; Thôn/bản; Thôn (bản); Nơi thường trú; Khu dân cư; "
    "Mã số thuế; Tài khoản; Mã đơn vị; Số tài khoản; Ngân hàng; Khu vực; Vùng; Tên thôn; "
    "Địa bàn; Village; Cấp ủy viên; Nơi cư trú; Quê; Xã cũ; Đơn vị cũ; Chức vụ cũ",
    "-course": "Lớp bồi dưỡng đăng ký; Nội dung đăng ký; Tên lớp; Lớp; Khóa học; Khóa; Course; "
    "Nội dung bồi dưỡng; Lớp đăng ký; Lớp bồi dưỡng; Đăng ký lớp; Class; Nhu cầu đào tạo; Lớp học; "
    "Nội dung đào tạo, bồi dưỡng; Khóa bồi dưỡng; Nhu cầu bồi dưỡng; Đăng ký; Training course; "
    "Nguyện vọng; Số tiết; Số ngày; Thời gian học; Nhu cầu; Đợt; Kỳ thi",
    "-result": "Kết quả; Điểm; Kết quả đánh giá; Xếp loại công chức; Đánh giá; Chữ ký; Ký tên; Ký nhận; "
    "Ảnh; Kết quả xếp loại; Đánh giá xếp loại; Score; Result; Khen thưởng; Kỷ luật; Signature; Size",
}  # fmt: skip
# Parents that name no field but let their children speak.
PARENTS = (
    "Trình độ; Trình độ đào tạo; Đào tạo; Bồi dưỡng; Đã qua đào tạo; Đào tạo bồi dưỡng; "
    "Đã qua đào tạo, bồi dưỡng; Trình độ đào tạo, bồi dưỡng; Chia ra; Trong đó; Thông tin cá nhân; "
    "Thông tin chung; Thông tin; Chứng chỉ; Chứng chỉ bồi dưỡng; Văn bằng, chứng chỉ; Bằng cấp; "
    "Thông tin công tác; Công tác; Training; Qualifications; Personal information; Education; "
    "Trình độ hiện tại; Trình độ cao nhất; Ngạch, bậc lương; Sơ yếu lý lịch; Thông tin liên hệ; "
    "Liên hệ; Kiến thức bồi dưỡng; Đã qua bồi dưỡng; Loại; Đối tượng; Thông tin đảng viên; Lương; "
    "Kết quả đào tạo, bồi dưỡng; Bồi dưỡng kiến thức; Trình độ chuyên môn; Chức vụ"
)
PUNCTUATION = re.compile(r"[^\w&#]+|_", re.UNICODE)
CAMEL = re.compile(r"(?<=[a-zà-ỹ])(?=[A-ZĐ])")
PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def key(text):
    """A heading as it is compared: "Số\nTT (*)" -> "so tt"."""
    return " ".join(PUNCTUATION.sub(" ", fold(text)).split())


def keys(text):
    """The forms of a heading to look up: whole, without parentheses, with CamelCase split."""
    text = tidy(text)
    forms = [key(text), key(PARENTHESES.sub(" ", text))]
    if CAMEL.search(text) and " " not in text:
        forms.append(key(CAMEL.sub(" ", text)))
    return [form for form in dict.fromkeys(forms) if form]


def _phrases():
    for name, field in FROM_FILE.items():
        groups = load_json("header_aliases.json")[name]
        for phrase in groups["seen"] + groups["usual"]:
            if phrase not in DROPPED and ">" not in phrase:
                yield phrase, field
    for field, phrases in MORE.items():
        for phrase in phrases.split(";"):
            yield phrase.strip(), field


@cache
def aliases():
    """key -> fields it names, the surest first."""
    found = {}
    for phrase, field in _phrases():
        fields = found.setdefault(key(phrase), [])
        if field not in fields:
            fields.append(field)
    return found


@cache
def compact_aliases():
    """The same without blanks, for HOVATEN and Ho_ten."""
    return {k.replace(" ", ""): v for k, v in aliases().items() if len(k) > 4}


@cache
def parents():
    """Keys of the headings that only gather others."""
    return frozenset(key(p) for p in PARENTS.split(";"))
