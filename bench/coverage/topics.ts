/** What the tasks of the invented plans are about; the generator lays the name of the body behind each. */
const acts = [
  'Tổ chức tuyên truyền',
  'Rà soát, cập nhật danh sách',
  'Tập huấn cán bộ về',
  'Kiểm tra, giám sát',
  'Bố trí kinh phí cho',
  'Phối hợp các ngành thực hiện',
  'Xây dựng mô hình điểm về',
  'Thống kê, báo cáo kết quả',
]
const matters = [
  'phòng, chống xâm hại trẻ em',
  'phòng, chống tai nạn đuối nước',
  'dạy bơi an toàn cho học sinh',
  'trẻ em có hoàn cảnh đặc biệt',
  'trẻ em khuyết tật hòa nhập',
  'tiêm chủng mở rộng',
  'dinh dưỡng học đường',
  'phòng, chống lao động trẻ em',
  'phòng, chống tảo hôn',
  'đăng ký khai sinh đúng hạn',
  'bảo vệ trẻ em trên môi trường mạng',
  'điểm vui chơi, giải trí',
  'chăm sóc thay thế',
  'diễn đàn trẻ em hằng năm',
  'tư pháp thân thiện với người chưa thành niên',
  'nước sạch và vệ sinh trường học',
  'trẻ em mồ côi, không nơi nương tựa',
  'phát triển toàn diện trẻ thơ',
  'phòng, chống bạo lực học đường',
  'quỹ bảo trợ trẻ em',
]

export const topics: readonly string[] = acts.flatMap((act) => matters.map((matter) => `${act} ${matter} tại`))
