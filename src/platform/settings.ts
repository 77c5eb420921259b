import { z } from 'zod'

/** One thing an operator can set. `name` is the environment variable; a secret is never printed. */
export type Setting = {
  name: string
  schema: z.ZodType
  default: string
  secret: boolean
  meaning: { vi: string; en: string; fr: string }
}

const flag = z.enum(['0', '1']).transform((text) => text === '1')

function whole(least: number, most: number) {
  return z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(least).max(most))
}

/** A number of proxies, or the addresses and networks they have: `127.0.0.1, 10.20.0.0/16`. */
const trustedProxies = z
  .string()
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : text.split(',').map((place) => place.trim())))
  .pipe(
    z.union([z.number().int().min(0).max(10), z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).min(1)]),
  )

const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//)

/** The shape of each setting as it is read from the environment: text in, a typed value out. */
export const schemas = {
  PORT: whole(0, 65_535),
  HOST: z.string().min(1),
  MANGNON_HOME: z.string().min(1),
  MANGNON_COUNTRY: z.string().regex(/^[a-z][a-z0-9-]*$/),
  MANGNON_ENV: z.enum(['development', 'production']),
  MANGNON_PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  MANGNON_DEMO: flag,
  MANGNON_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
  DATABASE_URL: databaseUrl,
  MANGNON_APP_DATABASE_URL: databaseUrl,
  MANGNON_DATABASE_POOL: whole(1, 100),
  MANGNON_STATEMENT_TIMEOUT_SECONDS: whole(1, 600),
  MANGNON_SESSION_HOURS: whole(1, 168),
  MANGNON_SESSION_IDLE_MINUTES: whole(1, 1_440),
  MANGNON_LIMITS: flag,
  MANGNON_LIMIT_SIGN_IN_PER_ACCOUNT: whole(1, 1_000),
  MANGNON_LIMIT_SIGN_IN_PER_ADDRESS: whole(1, 10_000),
  MANGNON_LIMIT_REQUESTS_PER_MINUTE: whole(1, 100_000),
  MANGNON_SMALL_COUNTS: whole(5, 1_000),
  MANGNON_SECOND_FACTOR: z.enum(['required', 'postponed']),
  MANGNON_SMTP_URL: z.string().regex(/^smtps?:\/\//),
  MANGNON_MAIL_FROM: z.string().regex(/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/),
  MANGNON_OIDC_ISSUER: z.url({ protocol: /^https?$/ }),
  MANGNON_OIDC_CLIENT_ID: z.string().min(1),
  MANGNON_OIDC_CLIENT_SECRET: z.string().min(1),
  MANGNON_OIDC_NAME: z.string().min(1).max(40),
  MANGNON_OIDC_ACR: z.string().min(1),
  MANGNON_OIDC_LEVEL: whole(1, 3),
  MANGNON_TRUSTED_PROXIES: trustedProxies,
  MANGNON_BACKUPS: z.string().min(1),
  MANGNON_BACKUPS_KEPT: whole(0, 1_000),
  MANGNON_BACKUP_PASSPHRASE: z.string().min(12),
  MANGNON_METRICS_TOKEN: z.string().regex(/^[!-~]{20,200}$/),
}

export type SettingName = keyof typeof schemas

const table: Record<SettingName, Omit<Setting, 'name' | 'schema'>> = {
  PORT: {
    default: '8080',
    secret: false,
    meaning: {
      vi: 'Cổng HTTP; 0 = để hệ điều hành chọn cổng trống',
      en: 'HTTP port; 0 = any free port',
      fr: 'Port HTTP ; 0 = un port libre quelconque',
    },
  },
  HOST: {
    default: '127.0.0.1',
    secret: false,
    meaning: {
      vi: 'Địa chỉ mạng mà máy chủ lắng nghe',
      en: 'Network address the server listens on',
      fr: 'Adresse réseau sur laquelle le serveur écoute',
    },
  },
  MANGNON_HOME: {
    default: './.mangnon',
    secret: false,
    meaning: {
      vi: 'Thư mục dữ liệu: cơ sở dữ liệu nhúng, tệp đính kèm, mật khẩu nội bộ',
      en: 'Data directory: embedded database, attached files, internal passwords',
      fr: 'Répertoire de données : base intégrée, fichiers joints, mots de passe internes',
    },
  },
  MANGNON_COUNTRY: {
    default: 'vn',
    secret: false,
    meaning: {
      vi: 'Quốc gia sử dụng: tên thư mục trong countries/',
      en: 'Country in use: name of a folder in countries/',
      fr: 'Pays utilisé : nom d’un dossier de countries/',
    },
  },
  MANGNON_ENV: {
    default: 'development (production khi NODE_ENV=production)',
    secret: false,
    meaning: {
      vi: 'Môi trường: development (thử nghiệm) hoặc production (vận hành chính thức, từ chối cấu hình không an toàn)',
      en: 'Environment: development, or production, which refuses unsafe settings',
      fr: 'Environnement : development, ou production qui refuse les réglages dangereux',
    },
  },
  MANGNON_PUBLIC_URL: {
    default: '',
    secret: false,
    meaning: {
      vi: 'Địa chỉ công khai mà người dùng mở; phải là https khi vận hành chính thức',
      en: 'Public address people open; must be https in production',
      fr: 'Adresse publique ouverte par les utilisateurs ; https obligatoire en production',
    },
  },
  MANGNON_DEMO: {
    default: '1 với cơ sở dữ liệu nhúng khi thử nghiệm, còn lại 0',
    secret: false,
    meaning: {
      vi: 'Nạp dữ liệu minh họa (1) hay không (0)',
      en: 'Load the demonstration (1) or not (0); by default only on the embedded database in development',
      fr: 'Charger la démonstration (1) ou non (0) ; par défaut seulement sur la base intégrée en développement',
    },
  },
  MANGNON_LOG_LEVEL: {
    default: 'info',
    secret: false,
    meaning: {
      vi: 'Mức ghi nhật ký: trace, debug, info, warn, error, silent',
      en: 'Log level: trace, debug, info, warn, error, silent',
      fr: 'Niveau du journal : trace, debug, info, warn, error, silent',
    },
  },
  DATABASE_URL: {
    default: '',
    secret: true,
    meaning: {
      vi: 'Máy chủ PostgreSQL 15–18 dùng thay cơ sở dữ liệu nhúng; vai trò sở hữu cơ sở dữ liệu',
      en: 'PostgreSQL 15–18 server used instead of the embedded one; the role that owns the database',
      fr: 'Serveur PostgreSQL 15–18 au lieu de la base intégrée ; rôle propriétaire de la base',
    },
  },
  MANGNON_APP_DATABASE_URL: {
    default: '',
    secret: true,
    meaning: {
      vi: 'Kết nối của ứng dụng tới cùng cơ sở dữ liệu, bằng vai trò không sở hữu gì; bỏ trống thì tự tạo',
      en: 'Connection of the application to the same database, by a role that owns nothing; created when empty',
      fr: 'Connexion de l’application à la même base, par un rôle qui ne possède rien ; créée si vide',
    },
  },
  MANGNON_DATABASE_POOL: {
    default: '10',
    secret: false,
    meaning: {
      vi: 'Số kết nối cơ sở dữ liệu tối đa của ứng dụng',
      en: 'Most database connections the application keeps',
      fr: 'Nombre maximal de connexions de l’application à la base',
    },
  },
  MANGNON_STATEMENT_TIMEOUT_SECONDS: {
    default: '30',
    secret: false,
    meaning: {
      vi: 'Thời gian tối đa của một câu lệnh cơ sở dữ liệu, tính bằng giây',
      en: 'Longest a database statement may run, in seconds',
      fr: 'Durée maximale d’une requête à la base, en secondes',
    },
  },
  MANGNON_SMALL_COUNTS: {
    default: '5',
    secret: false,
    meaning: {
      vi: 'Với chỉ tiêu nhạy cảm, số trẻ em từ 1 đến mức này không công bố; chỉ tiêu có thể đặt mức cao hơn',
      en: 'Of sensitive measures, counts from 1 to this are told to nobody outside; a measure may set it higher',
      fr: 'Pour les mesures sensibles, les nombres de 1 à cette valeur ne sont pas publiés ; une mesure peut fixer plus haut',
    },
  },
  MANGNON_SESSION_HOURS: {
    default: '12',
    secret: false,
    meaning: {
      vi: 'Thời hạn của một phiên đăng nhập, tính bằng giờ; tối đa 12 khi vận hành chính thức',
      en: 'Longest a sign-in lasts, in hours; 12 at most in production',
      fr: 'Durée maximale d’une session, en heures ; 12 au plus en production',
    },
  },
  MANGNON_SESSION_IDLE_MINUTES: {
    default: '60',
    secret: false,
    meaning: {
      vi: 'Phiên kết thúc sau bấy nhiêu phút không thao tác',
      en: 'A session ends after this many idle minutes',
      fr: 'Une session prend fin après ce nombre de minutes d’inactivité',
    },
  },
  MANGNON_LIMITS: {
    default: '1',
    secret: false,
    meaning: {
      vi: 'Bật (1) hoặc tắt (0) mọi giới hạn tần suất',
      en: 'All rate limits on (1) or off (0)',
      fr: 'Toutes les limites de fréquence actives (1) ou non (0)',
    },
  },
  MANGNON_LIMIT_SIGN_IN_PER_ACCOUNT: {
    default: '10',
    secret: false,
    meaning: {
      vi: 'Số lần đăng nhập sai của một tài khoản trong 15 phút',
      en: 'Failed sign-ins of one account in 15 minutes',
      fr: 'Échecs de connexion d’un compte en 15 minutes',
    },
  },
  MANGNON_LIMIT_SIGN_IN_PER_ADDRESS: {
    default: '100',
    secret: false,
    meaning: {
      vi: 'Số lần đăng nhập sai từ một địa chỉ mạng trong 15 phút',
      en: 'Failed sign-ins from one network address in 15 minutes',
      fr: 'Échecs de connexion depuis une adresse réseau en 15 minutes',
    },
  },
  MANGNON_LIMIT_REQUESTS_PER_MINUTE: {
    default: '1200',
    secret: false,
    meaning: {
      vi: 'Số yêu cầu của một phiên hoặc một địa chỉ trong một phút',
      en: 'Requests of one session or one address in a minute',
      fr: 'Requêtes d’une session ou d’une adresse en une minute',
    },
  },
  MANGNON_SECOND_FACTOR: {
    default: 'required (postponed khi thử nghiệm có dữ liệu minh họa)',
    secret: false,
    meaning: {
      vi: 'Quản trị và người ký duyệt phải có yếu tố xác thực thứ hai: required (bắt buộc ngay), postponed (được để sau, có nhắc; bị từ chối khi vận hành chính thức)',
      en: 'Administrators and approvers need a second factor: required (at once), postponed (later, with a reminder; refused in production)',
      fr: 'Second facteur des administrateurs et des signataires : required (tout de suite), postponed (plus tard, avec un rappel ; refusé en production)',
    },
  },
  MANGNON_SMTP_URL: {
    default: '',
    secret: true,
    meaning: {
      vi: 'Máy chủ gửi thư: smtps://người-dùng:mật-khẩu@máy-chủ:465 hoặc smtp://…:587; bỏ trống thì không gửi thư',
      en: 'Mail server: smtps://user:password@host:465 or smtp://…:587; no mail is sent when empty',
      fr: 'Serveur de courrier : smtps://compte:secret@hôte:465 ou smtp://…:587 ; si vide, aucun courrier',
    },
  },
  MANGNON_MAIL_FROM: {
    default: '',
    secret: false,
    meaning: {
      vi: 'Người gửi ghi trên thư, ví dụ Măng Non <mangnon@example.org>',
      en: 'Sender written on letters, such as Măng Non <mangnon@example.org>',
      fr: 'Expéditeur indiqué sur les courriers, par exemple Măng Non <mangnon@example.org>',
    },
  },
  MANGNON_OIDC_ISSUER: {
    default: '',
    secret: false,
    meaning: {
      vi: 'Địa chỉ nhà cung cấp định danh OpenID Connect; bỏ trống thì chỉ đăng nhập bằng mật khẩu',
      en: 'Address of an OpenID Connect provider people may sign in with; none when empty',
      fr: 'Adresse d’un fournisseur OpenID Connect pour la connexion ; aucun si vide',
    },
  },
  MANGNON_OIDC_CLIENT_ID: {
    default: '',
    secret: false,
    meaning: {
      vi: 'Mã ứng dụng do nhà cung cấp định danh cấp',
      en: 'Client id given by the provider',
      fr: 'Identifiant client donné par le fournisseur',
    },
  },
  MANGNON_OIDC_CLIENT_SECRET: {
    default: '',
    secret: true,
    meaning: {
      vi: 'Mã bí mật của ứng dụng do nhà cung cấp định danh cấp',
      en: 'Client secret given by the provider',
      fr: 'Secret client donné par le fournisseur',
    },
  },
  MANGNON_OIDC_NAME: {
    default: 'OpenID Connect',
    secret: false,
    meaning: {
      vi: 'Tên nhà cung cấp hiện trên nút đăng nhập, ví dụ VNeID',
      en: 'Name of the provider on the sign-in button, such as VNeID',
      fr: 'Nom du fournisseur sur le bouton de connexion, par exemple VNeID',
    },
  },
  MANGNON_OIDC_ACR: {
    default: '1,2,3',
    secret: false,
    meaning: {
      vi: 'Giá trị acr của nhà cung cấp cho các mức định danh 1, 2, 3, cách nhau bằng dấu phẩy',
      en: 'What the provider calls assurance levels 1, 2, 3 (acr), with commas between',
      fr: 'Valeurs acr du fournisseur pour les niveaux d’assurance 1, 2, 3, séparées par des virgules',
    },
  },
  MANGNON_OIDC_LEVEL: {
    default: '2',
    secret: false,
    meaning: {
      vi: 'Mức định danh thấp nhất được đăng nhập, từ 1 đến 3',
      en: 'Least assurance level that is let in, 1 to 3',
      fr: 'Niveau d’assurance minimal admis, de 1 à 3',
    },
  },
  MANGNON_TRUSTED_PROXIES: {
    default: '0',
    secret: false,
    meaning: {
      vi: 'Máy chủ trung gian đáng tin đứng trước, để biết địa chỉ thật của người dùng: địa chỉ hoặc dải mạng, cách nhau bằng dấu phẩy; hoặc số lượng',
      en: 'Trusted proxies before the server, to know the true address of a caller: addresses or networks, separated by commas; or how many',
      fr: 'Mandataires de confiance devant le serveur, pour connaître l’adresse réelle : adresses ou réseaux séparés par des virgules ; ou leur nombre',
    },
  },
  MANGNON_BACKUPS: {
    default: 'MANGNON_HOME/backups',
    secret: false,
    meaning: {
      vi: 'Thư mục chứa bản sao lưu, kể cả bản tự động trước khi nâng cấp; nên nằm trên ổ đĩa khác',
      en: 'Folder of backups, also the automatic ones before an upgrade; better on another disk',
      fr: 'Répertoire des sauvegardes, y compris automatiques avant une mise à niveau ; plutôt sur un autre disque',
    },
  },
  MANGNON_BACKUPS_KEPT: {
    default: '5',
    secret: false,
    meaning: {
      vi: 'Số bản sao lưu tự động được giữ lại; 0 = không tự sao lưu trước khi nâng cấp',
      en: 'How many automatic backups are kept; 0 = none is made before an upgrade',
      fr: 'Nombre de sauvegardes automatiques conservées ; 0 = aucune avant une mise à niveau',
    },
  },
  MANGNON_BACKUP_PASSPHRASE: {
    default: '',
    secret: true,
    meaning: {
      vi: 'Cụm mật khẩu mã hóa bản sao lưu, từ 12 ký tự; bỏ trống = không mã hóa. Mất cụm này là mất bản sao lưu',
      en: 'Passphrase that encrypts backups, 12 characters or more; empty = not encrypted. Whoever loses it has lost the backups',
      fr: 'Phrase secrète chiffrant les sauvegardes, 12 caractères au moins ; vide = non chiffrées. La perdre, c’est perdre les sauvegardes',
    },
  },
  MANGNON_METRICS_TOKEN: {
    default: '',
    secret: true,
    meaning: {
      vi: 'Mã mà chương trình giám sát gửi để đọc /metrics (Authorization: Bearer …), từ 20 ký tự; bỏ trống khi vận hành chính thức thì /metrics đóng',
      en: 'What a monitor sends to read /metrics (Authorization: Bearer …), 20 characters or more; when empty, /metrics is closed in production',
      fr: 'Jeton envoyé par la supervision pour lire /metrics (Authorization: Bearer …), 20 caractères au moins ; si vide, /metrics est fermé en production',
    },
  },
}

/** Every setting, in the order `mangnon config` prints them. */
export const settings: readonly Setting[] = settingNames().map((name) => ({
  name,
  schema: schemas[name],
  ...table[name],
}))

function settingNames(): SettingName[] {
  return Object.keys(schemas).filter((name): name is SettingName => name in schemas)
}
