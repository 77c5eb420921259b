import type { DocumentGrammar } from '#documents'
import { frequencyOf } from './time-words.ts'

const verb =
  'rà soát|xây dựng|tổ chức|triển khai|thực hiện|hướng dẫn|kiểm tra|giám sát|theo dõi|đôn đốc|đề xuất|nghiên cứu|tăng cường|đẩy mạnh|tuyên truyền|bố trí|cân đối|thẩm định|trình|ban hành|cung cấp|cập nhật|hỗ trợ|chỉ đạo|lồng ghép|huy động|bảo đảm|đảm bảo|nâng cao|phát huy|tiếp tục|tham gia|phát triển|chủ trì|phối hợp|chủ động|tham mưu|tổng hợp|báo cáo|hoàn thiện|hoàn thành|khuyến khích|thúc đẩy|tập trung|thường xuyên|định kỳ|hằng năm|hàng năm|lựa chọn|đầu tư|mở rộng|duy trì|củng cố|ứng dụng|áp dụng|hình thành|thành lập|đào tạo|bồi dưỡng|tập huấn|phổ biến|phổ cập|thí điểm|tạo|thu hút|quản lý|ưu tiên|đa dạng|số hóa|tích hợp|thiết lập|công bố|kết nối|kết hợp|liên kết|chuyển|đưa|khai thác|xử lý|phòng ngừa|xem xét|điều chỉnh|bổ sung|đổi mới|nâng cấp|vận dụng|vận động|vận hành|thu thập|khảo sát|đánh giá|quán triệt|phát hành|gửi|phát động|tổng kết|sơ kết|lập|phân công|in|đăng tải|thông báo|giao|từng bước|phấn đấu|kịp thời|tận dụng|nhân rộng|cải thiện|tham vấn|chọn|tiến hành|căn cứ|trên cơ sở|trong phạm vi|theo chức năng|xác định|phê duyệt|phủ sóng|thông minh hóa|giảm|tăng|đảm nhiệm|tiến tới|quan tâm|đẩy nhanh|xúc tiến|cải cách|chuẩn hóa|làm việc|mở thêm|nắm bắt|tuân thủ|có các giải pháp|có kế hoạch|có giải pháp|cử|mở|thống kê|lấy ý kiến|bình xét|biểu dương|khen thưởng|chịu trách nhiệm|kiện toàn|cụ thể hóa|cụ thể hoá|truyền thông|giáo dục|phòng, chống|can thiệp|trợ giúp|chăm sóc|bảo vệ|xóa|giải quyết'

/** How sentences of plans say who does what: operative verbs, stems, closings, reports. */
export const sentenceWords: Pick<DocumentGrammar, 'duties' | 'sentences' | 'reporting'> = {
  duties: {
    request: /^(?:đề nghị|khuyến khích|kính đề nghị|mời)(?:\s+các\s+(?=Sở))?\s+/iu,
    subordinate:
      /^(?:trên cơ [sc]ở|căn cứ|trong phạm vi|theo (?:chức năng|thẩm quyền|quy định|phân công|phân cấp)|tùy theo|đối với|khi|sau khi|để|nhằm|là cơ quan|riêng|tại|từ|hằng năm|hàng năm|định kỳ)(?=[\s,])/iu,
    adverb:
      /^(?:chủ động|tích cực|thường xuyên|tiếp tục|tăng cường|kịp thời|trực tiếp|đẩy mạnh|cùng|tổ chức|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|(?:định kỳ )?(?:hằng|hàng) (?:năm|quý|quí|tháng|tuần)|định kỳ|duy trì|thực hiện|tham gia)[\s,]+/iu,
    kinds: [
      { kind: 'lead', at: /^chủ trì/iu },
      { kind: 'support', at: /^(?:tham gia )?phối hợp/iu },
      { kind: 'advise', at: /^tham mưu/iu },
      { kind: 'consolidate', at: /^(?:tổng hợp|báo cáo)/iu },
    ],
    partners:
      /phối hợp(?: (?:chặt chẽ|thống nhất|đồng bộ|hiệu quả|tốt))*(?:, [^,;.]{3,40}?)?(?: (?:với|cùng)(?: với)?)?\s+/iu,
    leadAnywhere: /chủ trì/iu,
    supportAnywhere: /phối hợp/iu,
  },
  sentences: {
    verb: new RegExp(`^(?:${verb})(?![\\p{L}])`, 'iu'),
    stem: /^(?:chủ trì,? phối hợp|tập trung (?:thực hiện |triển khai )?(?:các|vào các|một số) (?:nhiệm vụ|nội dung|giải pháp)[^.;]{0,40}|thực hiện (?:tốt )?các (?:nhiệm vụ|nội dung)(?: sau| trọng tâm sau)?|[^.;]{0,160}(?:sau đây|như sau|sau|cụ thể|gồm|trọng tâm))\s*:?$/iu,
    order:
      /^(?:(?:Phó )?(?:Thủ tướng(?: Chính phủ)?|Chủ tịch)[^.,;]{0,60}? )?(?:yêu cầu|giao|chỉ đạo|phân công)\s+(?=\p{Lu}|các )/u,
    orders:
      /^(?:yêu cầu|giao|đề nghị|ban hành (?:kế hoạch|quyết định|văn bản)|cho biết|khẳng định|nhấn mạnh|đã |vừa )(?=\s|$)/iu,
    closing:
      /^(?:trong quá trình|trên đây là|yêu cầu các|(?:Chủ tịch )?(?:ủy ban nhân dân|uỷ ban nhân dân|UBND)(?: \p{L}+){1,6}? (?:yêu cầu|đề nghị|giao) |nếu có (?:khó khăn|vướng mắc)|kế hoạch này (?:có hiệu lực|thay thế)|\(?chi tiết (?:tại|theo|có)|\(?mục tiêu [^.]{0,60}phụ lục|căn cứ nội dung kế hoạch này|tags:)/iu,
    statement:
      /^(?:là |đây là|hiện nay|thời gian qua|điểm |thông số|số lượng|hình thức|chủ đề|bộ nhận diện|các thông số|cửa |xã |phường |(?:chỉ tiêu|mục tiêu)(?= \d|:| chung| cụ thể| tổng quát)|thời gian\s*:|tỷ lệ|tỉ lệ|tỷ trọng|“|")/iu,
    inventory: /^\d+[\p{L}\s]{0,20}|:\s*lấy mẫu/iu,
  },
  reporting: {
    report: /báo cáo/iu,
    addressee: [
      /(?:[Bb]áo cáo|[Gg]ửi|[Pp]hản ánh)[^.;]{0,300}?(?:gửi|về|cho|thông qua)\s+(?:về\s+)?(?<to>(?:Sở|Bộ|UBND|Ủy ban|Uỷ ban|Ban|Tỉnh|Thành ủy|HĐND|Cục|Chi cục|Văn phòng|Thủ tướng|Chính phủ|cấp)[^;]*)/u,
      /(?:[Bb]áo cáo|trình)\s+(?:hoặc báo cáo\s+)?(?<to>(?:Sở|Bộ|UBND|Ủy ban|Uỷ ban|Ban|Tỉnh|Thành ủy|HĐND|Cục|Chi cục|Văn phòng|Thủ tướng|Chính phủ|cấp)[^;]*)/u,
    ],
    substance:
      /kết quả|tình hình|định kỳ|sơ kết|tổng kết|báo cáo (?:giám sát|đánh giá|công tác)|việc triển khai|báo cáo (?:gửi )?về|gửi báo cáo/iu,
    onward:
      /để tổng hợp,? (?:tham mưu [^.;]{0,60})?báo cáo (?<to>(?:Sở|Bộ|UBND|Ủy ban|Uỷ ban|Ban|Tỉnh|Thành ủy|HĐND|Cục|Chi cục|Văn phòng|Thủ tướng|Chính phủ|cấp)[^;.]*)/u,
    rhythm:
      /(?:định kỳ\s+)?(?<rhythm>(?:hằng|hàng) (?:tháng|quý|năm)|0?6 tháng|tổng kết năm|quý)?\s*,?\s*\(?\s*(?<due>(?:trước|chậm nhất(?: là)?|muộn nhất(?: là)?|vào) (?:ngày )?\d{1,2}(?:\s*[/-]\s*\d{1,2}(?:\s*[/-]\s*\d{4})?| tháng \d{1,2}(?: năm \d{4})?)?(?:\s+(?:hằng|hàng) (?:tháng|quý|năm)| của [^,.;]{0,16}(?:tháng|quý|năm))?)/giu,
    also: /^\s*(?:và|;|,)\s*(?:trước )?(?<due>(?:ngày )?\d{1,2}\s*[/-]\s*\d{1,2}(?!\d)(?:\s*[/-]\s*\d{4})?)/iu,
    ordered: /^(?:giao(?: hoặc (?:ủy|uỷ) quyền(?: cho)?)?|yêu cầu|đề nghị) (?:Giám đốc )?/iu,
    once: /(?:giữa kỳ|cuối kỳ|sơ kết|tổng kết)[^.;(]{0,60}?(?:\(\s*|vào\s+)(?<due>(?:đầu |giữa |cuối |quý [IVX]{1,3}[ /])?năm \d{4})/giu,
    frequency: frequencyOf,
    occasional: /đột xuất|khi có yêu cầu|khó khăn|vướng mắc/iu,
  },
}
