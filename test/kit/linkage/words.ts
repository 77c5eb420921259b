/** Names in use, the most frequent first; the generator draws them so that the first is drawn most. Own compilation. */
const split = (text: string) => text.split(' ')
const pairs = (text: string) => text.split(', ')

export const familyNames = split(
  'Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương Đoàn Mai Trịnh Hà Cao Lương Lưu Tạ Đào Tô Châu Lâm Phùng Tống Vương Thái Quách Từ La Kiều Chu Giang Thạch Kim Sơn Danh Nông Triệu Hứa Bế Lò Vi Lường Quàng Cầm Tòng Giàng Sùng Vàng Thào Lù Hạng Ma Rơ Siu Y H’ Ksor A Đinh Hồ Pơloong Zơrâm Alăng Ka K’ Chế Bá',
)
export const familyShares = [
  31.5, 10.9, 8.9, 5.9, 3.8, 2.1, 4.5, 2.4, 2.0, 2.1, 2.6, 1.9, 1.8, 1.4, 1.3, 1.1, 1.4, 1.5, 1.0,
]
export const minorityFamilies = new Set(
  split('Giàng Sùng Vàng Thào Lù Hạng Rơ Siu Y H’ Ksor A Pơloong Zơrâm Alăng Ka K’ Lò Vi Quàng Tòng'),
)
export const minorityGiven = split(
  'Páo Sáu Dính Chứ Súa Mỷ Mai Sính Dơ Chá Tủa Pó Say Dua Vừ Khua Nhia Bhem Blin Hnhân Luin Nga Thơm Đua Châu Mỵ Sua Xay Pà Lềnh',
)
export const maleMiddles = pairs(
  'Văn, Minh, Đức, Quang, Gia, Anh, Quốc, Hoàng, Thanh, Tuấn, Hữu, Công, Đình, Xuân, Duy, Thành, Mạnh, Ngọc, Bảo, Nhật, Tiến, Trung, Việt, Thế, Chí, Khánh, Phúc, Bá, Trọng, Hải, Nguyên, Thiên, Huy, Tấn, Viết, Gia Bảo, Minh Đức, Hoàng Anh, Nhật Minh, Quang Minh',
)
export const femaleMiddles = pairs(
  'Thị, Ngọc, Thị Thu, Thị Thanh, Bảo, Thị Ngọc, Thị Hồng, Phương, Thị Kim, Khánh, Minh, Thảo, Quỳnh, Thùy, Hoài, Thị Mỹ, Gia, Tường, Hà, Mai, Kim, Bích, Diệu, Thanh, Như, Yến, Cẩm, Thị Minh, Thị Phương, Ánh, Thiên, Tú, Hải, An, Tuệ, Nguyễn, Trần, Thị Bích, Hồng, Lan',
)
export const maleGiven = split(
  'Huy Minh Anh Khang Bảo Phúc Khoa Nam Long Đức Tuấn Dũng Hùng Quân Hiếu Sơn Kiên Phong Thịnh Đạt Khôi Hưng Hải Nguyên Duy Việt Trung Cường Tùng Hoàng Lâm Thành Quang Thắng An Vinh Bình Tài Phát Nhân Trí Tú Thái Thiện Tân Toàn Vũ Hào Khánh Tiến Lộc Đăng Giang Quý Nghĩa Luân Linh Văn Hậu Dương Kiệt Triết Hòa Mạnh Công Sang Tín Trường Hà Nhật Thuận Phước Chiến Thiên Vương Bách Lợi Đông Đô Định Chương Thông Danh Quốc Thanh Tâm Hiển Khải',
)
export const femaleGiven = split(
  'Anh Linh Trang Hà Nhi Vy Ngọc Thảo Hương Mai Phương Ngân Trâm Như Quỳnh My Hân Châu Thư Chi Giang Yến Lan Huyền Hằng Nga Thủy Thúy Hoa Nhung Dung Loan Oanh Uyên Vân Trinh Tuyền Diễm Thi Ánh Bích Diệp Hiền Hạnh Hồng Kim Lam Liên Ly Minh Mỹ Nguyệt Nhàn Phượng Quyên Sương Tâm Thanh Thu Thùy Tiên Trà Trúc Tú Xuân Ý An Băng Bình Cúc Đào Đan Hậu Hòa Hường Khánh Khuê Ngà Nương Phúc Thắm Thơm Thương Tường Vi Viên Duyên Kiều',
)
export const hamlets = split(
  'An Bình Hòa Phú Tân Long Thạnh Mỹ Vĩnh Đông Tây Nam Bắc Thượng Hạ Trung Sơn Lộc Hưng Thịnh Xuân Thanh Kim Đại Tiên Châu Khánh Phước Hải Giang',
)
