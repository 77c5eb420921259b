import type { AgencyGrammar } from '#documents'

/**
 * How Vietnamese documents name bodies: classes ("các sở, ban, ngành"), known names of departments and ministries (old
 * and new, whose names hold commas and "và"), and the first words of names whose end only the sentence shows.
 */

const fields = [
  'Khoa học (?:và |& ?)Công nghệ',
  'KH ?& ?CN',
  'KHCN',
  'Nông nghiệp (?:và |& ?)Môi trường',
  'NN ?& ?MT',
  'Nông nghiệp (?:và |& ?)Phát triển nông thôn',
  'NN ?& ?PTNT',
  'Tài nguyên (?:và |& ?)Môi trường',
  'Văn ho[áa],? Thể thao(?: và)? [Dd]u lịch',
  'Văn hóa,? Thể thao(?: và)? [Dd]u lịch',
  'VH,? ?TT ?& ?DL',
  'Văn h(?:óa|oá) và Thể thao',
  'Du lịch',
  'Giáo dục (?:và |& ?)Đào tạo',
  'GD ?& ?ĐT',
  'Lao động ?[-–] ?Thương binh (?:và |& ?)Xã hội',
  'LĐ-?TB ?& ?XH',
  'Kế hoạch (?:và |& ?)Đầu tư',
  'Thông tin (?:và |& ?)Truyền thông',
  'Giao thông [Vv]ận tải',
  'Giao thông công chính',
  'Quy hoạch ?[-–] ?Kiến trúc',
  'Dân tộc (?:và |& ?)Tôn giáo',
  'An toàn thực phẩm',
  'Công [Tt]hương',
  'Tài chính',
  'Nội vụ',
  'Ngoại [Vv]ụ',
  'Ngoại giao',
  'Xây dựng',
  'Tư pháp',
  'Y tế',
  'Công an',
  'Quốc phòng',
]

const communal = '(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)'
const committee = '(?:UBND|Ủy ban [Nn]hân [Dd]ân|Uỷ ban [Nn]hân [Dd]ân|Ủy ban nhân|UBND,? Chủ tịch UBND)'
const front = '(?:Ủy ban |Uỷ ban |UB ?)?(?:Mặt trận Tổ quốc|MTTQ|MT ?TQ)(?: Việt Nam| ?VN)?'
const kinds = '(?:[Ss]ở|[Bb]an|[Nn]gành|[Bb]ộ|đoàn thể|hội|[Cc]ơ quan|[Đđ]ơn vị|[Đđ]ịa phương|tổ chức|lĩnh vực khác)'
const more = `(?:,? ?(?:\\s|,\\s?|\\/|\\s?-\\s?)${kinds}(?![\\p{L}]))`
const head = '(?:(?:Thủ trưởng|Giám đốc|Lãnh đạo|Người đứng đầu|người đứng đầu|thủ trưởng|Chánh Văn phòng) )?'

/** Departments, branches, sectors; ministries and branches; communes' committees; concerned offices and units. */
const classes = [
  `${head}(?:[Cc]ác )?[Ss]ở(?=,|\\s(?:ban|ngành|và địa))${more}+`,
  `${head}(?:[Cc]ác )[Ss]ở(?![\\p{L}])(?! \\p{Lu})`,
  `(?:[Cc]ác )?[Bb]ộ(?:, ngành)?, cơ quan (?:ngang bộ|thuộc Chính phủ|trung ương)(?:, cơ quan (?:ngang bộ|thuộc Chính phủ|trung ương))*(?: và địa phương)?`,
  `(?:[Cc]ác )?[Bb]ộ(?=,|\\s(?:ban|ngành))${more}*(?:, cơ quan (?:ngang bộ|thuộc Chính phủ|trung ương))*(?: và địa phương)?`,
  `(?:[Cc]ác )?[Bb]an, ?[Nn]gành${more}*`,
  `(?:[Cc]ác )?ngành(?:, (?:địa phương|lĩnh vực khác))*`,
  `(?:Chủ tịch )?(?:các )?${committee} (?:các |cấp )?(?:${communal})(?:(?:, ?|\\/| và )${communal})*(?![\\p{L}])(?! \\p{Lu})(?: trực thuộc trung ương)?`,
  `(?:các )?(?:Viện|viện)(?: nghiên cứu)?, (?:Trường|trường)(?! \\p{Lu})(?: đại học)?`,
  `(?:[Cc]ác )?[Cc]ơ quan(?:, ?(?:đơn vị|tổ chức|địa phương|cá nhân|ban, ngành|ban ngành|doanh nghiệp))+`,
  `(?:[Cc]ác )?[Tt]ổ chức, cá nhân`,
  `(?:[Cc]ác )?[Đđ]ơn vị(?:, ?(?:tổ chức|địa phương|cơ quan))*(?! (?:chủ trì|phối hợp))`,
  `(?:[Cc]ác )?cấp,? (?:các )?ngành`,
  `(?:[Cc]ác )?địa phương`,
  `(?:[Cc]ác )?đoàn thể`,
  `(?:[Cc]ác )tổ chức (?:thành viên|chính trị ?[-–] ?xã hội(?: nghề nghiệp)?|xã hội(?:,? nghề nghiệp)?)`,
  `báo, đài`,
]

const known = [
  ...['Sở', 'sở', 'Bộ'].map((kind) => `(?:${kind} )?${kind} (?:${fields.join('|')})(?! (?:và|&) (?!Sở|Bộ|Ban|UBND|Ủy|Uỷ|Công an)\\p{Lu})`),
  `${committee} (?:[Tt]ỉnh|[Tt]hành phố|TP\\.?|[Hh]uyện|[Qq]uận|[Xx]ã|[Pp]hường)`,
  `${front}`,
  `Công an`,
  `Bộ (?:Chỉ huy|Tư lệnh)(?: Quân sự| Bộ đội [Bb]iên phòng)?`,
  `T(?:ỉnh|hành) đoàn`,
  `Đoàn (?:TNCS|Thanh niên Cộng sản)(?: Hồ Chí Minh)?`,
  `Hội Liên hiệp Phụ nữ(?: Việt Nam)?`,
  `Hội LHPN(?: Việt Nam)?`,
  `Hội [Nn]ông dân(?: Việt Nam)?`,
  `Hội Cựu chiến binh(?: Việt Nam)?`,
  `Liên đoàn Lao động`,
  `Liên minh Hợp tác xã`,
  `(?:Tòa|Toà) án nhân dân(?: tối cao)?`,
  `Viện [Kk]iểm sát nhân dân(?: tối cao)?`,
  `Văn phòng (?:UBND|Ủy ban nhân dân|Chính phủ|HĐND)`,
  `Ngân hàng [Nn]hà nước(?: Việt Nam)?`,
  `Bảo hiểm xã hội(?: Việt Nam)?`,
  `Thanh tra(?: Chính phủ)?(?= tỉnh| thành phố| Thành phố|,|;|$)`,
  `Thủ tướng Chính phủ`,
  `Báo và [Pp]hát thanh,? (?:và )?[Tt]ruyền hình`,
  `Đài [Pp]hát thanh (?:và|-) [Tt]ruyền hình`,
]

const heads = [
  'Sở(?= \\p{Lu})', 'Bộ(?= \\p{Lu})', 'Ban(?= \\p{Lu})', 'Ủy ban', 'Uỷ ban', 'UBND', 'HĐND', 'Hội đồng nhân dân', 'Hội', 'Hiệp hội', 'Liên hiệp', 'Liên đoàn',
  'Liên minh', 'Đoàn(?= \\p{Lu})', 'Mặt trận', 'Ngân hàng', 'Chi cục', 'Tổng cục', 'Cục', 'Trung tâm(?= \\p{Lu})', 'Văn phòng', 'Đài', 'Báo(?= )', 'Cổng [Tt]hông tin',
  'Thanh tra', 'Kho bạc', 'Bảo hiểm xã hội', 'Trường', 'Viện(?= \\p{Lu})', 'Bệnh viện', 'Học viện', 'Đại học', 'Tập đoàn', 'Tổng [Cc]ông ty', 'Công ty', 'Phòng(?= \\p{Lu})', 'Trạm(?= \\p{Lu})', 'Quỹ(?= \\p{Lu})',
  'Tỉnh ủy', 'Thành ủy', 'Đảng ủy', 'Tổ công tác', 'Tổ(?= \\p{Lu})', 'Chánh [Vv]ăn phòng', 'Giám đốc', 'Thủ trưởng', 'Chủ tịch', 'Thường trực',
  '(?:[Cc]ác )?[Dd]oanh nghiệp', '(?:[Cc]ác )?[Hh]ợp tác xã', '(?:[Cc]ác )?HTX', '(?:[Cc]ác )?[Nn]hà đầu tư', '(?:[Cc]ác )?[Nn]hà cung cấp', '(?:[Cc]ác )?[Cc]hủ đầu tư', '(?:[Cc]ác )?[Cc]hủ [Cc]hương trình', '(?:[Cc]ác )?[Cc]hủ dự án',
  '(?:[Cc]ác )?[Cc]ơ quan', '(?:[Cc]ác )?[Đđ]ơn vị', '[Cc]ác [Tt]ổ chức', '[Tt]ổ chức(?=[,;.)]|$| (?:có |và )?(?:liên quan|cá nhân|chính trị|xã hội|thành viên|quốc tế))', '(?:[Cc]ác )?[Cc]ơ sở', '(?:[Cc]ác )?[Tt]rường', '(?:[Cc]ác )?[Vv]iện nghiên cứu', '(?:[Cc]ác )?[Hh]ội', '(?:[Cc]ác )?[Nn]gành', '(?:[Cc]ác )?[Cc]ông ty', '(?:[Cc]ác )?tập đoàn', 'cá nhân', '(?:[Cc]ác )?[Ss]ở(?= liên quan| có liên quan| chuyên)', '[Cc]ác [Tt]rung tâm', '[Cc]ác [Bb]ệnh viện', '[Cc]ác [Bb]an', '[Cc]ác [Cc]ục',
  'đơn vị(?= được)', 'hệ thống y tế',
]

const provinceOf = '(?: (?:tỉnh|thành phố|Thành phố|TP\\.?))?'
const qualifiers = [
  '(?:cấp|thuộc|của|trên địa bàn|đóng trên địa bàn|trong|trực thuộc|các)?(?: )?(?:toàn |các )?(?:[Tt]ỉnh(?! (?:ủy|đoàn|uỷ))|[Tt]hành phố(?! trực)|cấp xã|cấp huyện|xã|phường|thị xã|huyện|Thủ đô)(?:(?: \\p{Lu}[\\p{L}]*){1,4})?',
  'cấp (?:tỉnh|xã|huyện|thành phố|phường, xã|xã, phường)',
  '(?:có )?liên quan', 'khu vực [IVXLC\\d]+', 'khu vực', '[Tt]rung ương', 'nhà nước', 'của Mặt trận', 'trong nước', 'chuyên môn(?: có liên quan)?',
  'của (?:[Tt]ỉnh|[Tt]hành phố|[Mm]ặt trận|địa phương)', 'thuộc (?:[Tt]ỉnh|[Tt]hành phố|UBND tỉnh|phạm vi quản lý)', 'trực thuộc(?: [Tt]ỉnh| [Tt]rung ương| [Ss]ở)?', '(?:đóng )?trên địa bàn(?: (?:[Tt]ỉnh|[Tt]hành phố|xã|phường)(?: \\p{Lu}[\\p{L}]*){0,3})?', '(?:của )?địa phương',
  'được giao (?:nhiệm vụ [^,;.]{1,60}(?= có trách nhiệm)|nhiệm vụ)', 'được giao', 'các cấp', 'chuyên ngành', 'trực tiếp quản lý', 'trực thuộc',
  '(?:Sơn La|Hà Nội|Việt Nam)',
]

const verbs = [
  'chủ trì', 'phối hợp', 'chủ động', 'tham mưu', 'tổng hợp', 'báo cáo', 'xây dựng', 'rà soát', 'tổ chức', 'triển khai', 'thực hiện', 'hướng dẫn', 'kiểm tra', 'giám sát', 'theo dõi', 'đôn đốc', 'đề xuất', 'nghiên cứu', 'tăng cường', 'đẩy mạnh', 'tuyên truyền', 'bố trí', 'cân đối', 'thẩm định', 'trình ', 'ban hành', 'cung cấp', 'cập nhật', 'hỗ trợ', 'chỉ đạo', 'lồng ghép', 'huy động', 'bảo đảm', 'đảm bảo', 'nâng cao', 'phát huy', 'tiếp tục', 'tham gia', 'căn cứ', 'theo (?!ngành|lĩnh vực quản)', 'trên cơ sở', 'trong phạm vi', 'trong (?:việc|công tác|quá trình)', 'định kỳ', 'thường xuyên', 'có trách nhiệm', 'chịu trách nhiệm', 'gửi', 'lập ', 'phân bổ', 'phê duyệt', 'quyết định', 'vận động', 'đăng tải', 'thúc đẩy', 'tiến hành', 'kịp thời', 'thu thập', 'tập trung', 'đưa ', 'công bố', 'lựa chọn', 'hoàn thiện', 'khuyến khích', 'là ', 'phát triển', 'điều chỉnh', 'tập huấn', 'thu hút', 'tạo ', 'quản lý', 'phản ánh', 'xem xét', 'nghiêm túc', 'để ', 'nhằm ', 'về (?:việc|kết quả|tình hình|thực hiện)', 'kết nối', 'giải quyết', 'vào ', 'trước ngày', 'ưu tiên', 'đầu tư (?!hạ tầng)', 'bổ sung', 'phân công', 'thống nhất', 'tích cực', 'khẩn trương', 'hoàn thành', 'yêu cầu', 'giao ', 'tích hợp', 'quan tâm', 'đánh giá', 'khảo sát', 'xác định', 'cho ', 'từ ngày', 'đến ', 'như ', 'khi ', 'nếu ', 'đang ', 'cần ', 'phải ', 'sẽ ', 'được (?!giao|phân công|lựa chọn)', 'đề nghị', 'thành lập', 'ngăn chặn', 'xử lý', 'hàng năm', 'hằng năm', 'phát động', 'bồi dưỡng', 'đào tạo(?! )', 'chuẩn bị', 'thông tin',
]

const at = (parts: readonly string[]): RegExp => new RegExp(`(?:${parts.join('|')})(?![\\p{L}])`, 'uy')

export const agencyWords: AgencyGrammar = {
  classAt: at(classes),
  knownAt: at(known),
  headAt: at(heads),
  qualifierAt: new RegExp(`${provinceOf} ?(?:${qualifiers.join('|')})(?![\\p{L}])`, 'uy'),
  separatorAt: /\s*(?:;|,|\/|&)\s*(?:và |cùng |các cơ quan như )?|\s+(?:và|cùng với|cùng|hoặc)\s+/uy,
  stopAt: new RegExp(`(?:${verbs.join('|')})`, 'uy'),
  isClass:
    /^(?:các|Các|những)\s|^(?:sở|bộ|ban|ngành|cơ quan|đơn vị|tổ chức|địa phương|doanh nghiệp|viện|trường|báo|cá nhân|hợp tác xã|nhà )|(?:liên quan)$|^(?:UBND|Ủy ban nhân dân) (?:các |cấp )?(?:xã|phường|huyện)(?! \p{Lu})/iu,
  intro: /^(?:trách nhiệm (?:của )?|đối với |giao |yêu cầu |phân công )/iu,
}
