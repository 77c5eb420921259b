const words = {
  truncated: ['Tệp sao lưu bị cụt: thiếu phần cuối.', 'The backup is cut off: its end is missing.'],
  damaged: [
    'Tệp sao lưu bị hỏng: nội dung không khớp mã băm.',
    'The backup is damaged: its content does not match its hashes.',
  ],
  'not-a-backup': ['Tệp này không phải là bản sao lưu của Măng Non.', 'This file is no backup of Măng Non.'],
  'passphrase-needed': [
    'Bản sao lưu được mã hóa; hãy đặt MANGNON_BACKUP_PASSPHRASE.',
    'The backup is encrypted; set MANGNON_BACKUP_PASSPHRASE.',
  ],
  'passphrase-or-damaged': [
    'Cụm mật khẩu không đúng, hoặc tệp sao lưu bị hỏng hay bị cụt.',
    'The passphrase is wrong, or the backup is damaged or cut off.',
  ],
  'nothing-there': [
    'Chưa có gì để sao lưu: cơ sở dữ liệu còn trống.',
    'There is nothing to back up: the database is empty.',
  ],
  newer: [
    'Bản sao lưu thuộc phiên bản mới hơn, hoặc khác, chương trình này.',
    'The backup is of a version newer than, or other than, this program.',
  ],
  'other-country': [
    'Bản sao lưu thuộc quốc gia khác; hãy xem MANGNON_COUNTRY.',
    'The backup is of another country; see MANGNON_COUNTRY.',
  ],
  'holds-data': [
    'Hệ thống đã có dữ liệu. Muốn thay thế, hãy thêm --replace (dữ liệu hiện có được sao lưu trước).',
    'The instance holds data. To replace it add --replace (what it holds is backed up first).',
  ],
  'still-running': [
    'Còn kết nối tới cơ sở dữ liệu; hãy dừng máy chủ Măng Non trước khi khôi phục.',
    'The database still has connections; stop the server before restoring.',
  ],
  'not-equal': [
    'Dữ liệu vừa nạp không khớp bản sao lưu; mọi thay đổi đã được hủy.',
    'What was loaded is not what the backup holds; everything was undone.',
  ],
} as const

/** A backup that cannot be restored, or not here; the message says why in two languages. Nothing was changed. */
export class UnusableBackup extends Error {
  readonly code: keyof typeof words

  constructor(code: keyof typeof words, detail = '', options: { cause?: unknown } = {}) {
    super(`${words[code].join('\n')}${detail === '' ? '' : `\n${detail}`}`, options)
    this.name = 'UnusableBackup'
    this.code = code
  }
}
