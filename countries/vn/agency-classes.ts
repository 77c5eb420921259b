import type { AgencyClass, AgencySelector } from '#agencies/model'

const reform = '2025-07-01'
const departments: AgencySelector = {
  kinds: ['department', 'police', 'military'],
  level: 'province',
  within: 'issuer-territory',
}
const ministries: AgencySelector = { kinds: ['ministry'], level: 'central', within: 'nation' }
const governmentAgencies: AgencySelector = { kinds: ['government-agency'], level: 'central', within: 'nation' }
const provinces: AgencySelector = { kinds: ['people-committee'], level: 'province', within: 'nation' }
const districts: AgencySelector = { kinds: ['people-committee'], level: 'district', within: 'issuer-territory' }
const communes: AgencySelector = { kinds: ['people-committee'], level: 'commune', within: 'issuer-territory' }
const unions: AgencySelector[] = [
  { kinds: ['union'], level: 'province', within: 'issuer-territory', forIssuers: ['province', 'district', 'commune'] },
  { kinds: ['union'], level: 'central', within: 'nation', forIssuers: ['central'] },
]
const fronts: AgencySelector[] = unions.map((selector) => ({ ...selector, kinds: ['front'] }))
const localities: AgencySelector[] = [
  { ...provinces, forIssuers: ['central'] },
  { ...districts, forIssuers: ['province'] },
  { ...communes, forIssuers: ['province', 'district'] },
]

const tier = '( cap tinh| cap thanh pho| cap| tinh| thanh pho| dia phuong)?'
const ward = '(xa|phuong|thi tran|dac khu)'
const town = '(huyen|quan|thi xa|thanh pho)'
const committee = '(cap uy )?(chu tich )?uy ban nhan dan'

type Row = Omit<AgencyClass, 'isOpen' | 'abolished'> & Partial<Pick<AgencyClass, 'isOpen' | 'abolished'>>

/**
 * Phrases for many bodies, as the source documents and real plans print them. Patterns run over the canonical phrase
 * (folded, abbreviations written out, `và` and `của` dropped, `liên quan` cut off and remembered): first fit wins.
 * @source domain §10 and the recipients and duties of source 002 and the nine real plans
 */
const rows: Row[] = [
  {
    code: 'departments-front-unions',
    names: {
      vi: 'Các sở, ban, ngành, đoàn thể',
      en: 'Departments and mass organisations',
      fr: 'Services et organisations de masse',
    },
    patterns: [
      `^(cac )?so( ban)? nganh( hoi)? doan the( chinh tri xa hoi)?${tier}$`,
      `^(cac )?ban nganh doan the${tier}$`,
    ],
    selectors: [departments, ...fronts, ...unions],
  },
  {
    code: 'departments-localities',
    names: { vi: 'Các sở, ngành, địa phương', en: 'Departments and localities', fr: 'Services et localités' },
    patterns: [`^(cac )?so( ban)? nganh( cac)? dia phuong$`, `^(cac )?nganh( cac)? dia phuong$`],
    selectors: [departments, ...localities],
  },
  {
    code: 'departments',
    names: { vi: 'Các sở, ban, ngành', en: 'Departments of the province', fr: 'Services de la province' },
    patterns: [
      `^(cac )?so( ban| co quan)? nganh${tier}$`,
      `^cac so( co quan truc thuoc so)?${tier}$`,
      `^(cac )?so ban${tier}$`,
      `^(cac )?co quan chuyen mon( thuoc| cap)?( uy ban nhan dan)?${tier}$`,
    ],
    selectors: [departments],
  },
  {
    code: 'ministries-localities',
    names: { vi: 'Các bộ, ngành, địa phương', en: 'Ministries and localities', fr: 'Ministères et localités' },
    patterns: ['^(cac )?bo nganh( co quan)?( trung uong)?( cac)? dia phuong$'],
    selectors: [ministries, governmentAgencies, provinces],
  },
  {
    code: 'ministries-agencies',
    names: {
      vi: 'Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ',
      en: 'Ministries, ministry-level and government agencies',
      fr: 'Ministères, organismes de rang ministériel et organismes gouvernementaux',
    },
    patterns: [
      '^(cac )?bo( nganh)?( cac)? co quan ngang bo( cac)? co quan thuoc chinh phu$',
      '^(cac )?bo( nganh)? co quan thuoc chinh phu$',
    ],
    selectors: [ministries, governmentAgencies],
  },
  {
    code: 'ministries',
    names: { vi: 'Các bộ, ngành', en: 'Ministries', fr: 'Ministères' },
    patterns: [
      '^(cac )?bo nganh( co quan)?( trung uong)?$',
      '^cac bo( trung uong)?$',
      '^(cac )?bo( cac)? co quan ngang bo$',
    ],
    selectors: [ministries],
  },
  {
    code: 'provincial-committees',
    names: {
      vi: 'UBND các tỉnh, thành phố',
      en: 'People’s Committees of all provinces',
      fr: 'Comités populaires de toutes les provinces',
    },
    patterns: [
      `^(${committee} )?cac tinh( thanh pho)?( truc thuoc trung uong)?$`,
      `^${committee} (tinh thanh pho|cap tinh)( truc thuoc trung uong)?$`,
    ],
    selectors: [provinces],
  },
  {
    code: 'district-committees',
    names: {
      vi: 'UBND các huyện, thị xã, thành phố',
      en: 'People’s Committees of districts',
      fr: 'Comités populaires des districts',
    },
    patterns: [
      `^${committee} cac (${town} ?)+(thuoc tinh|truc thuoc)?$`,
      `^${committee} ${town} (${town} ?)+$`,
      `^(${committee}|chinh quyen) cap huyen$`,
      `^cac (huyen|quan) (${town} ?)+$`,
    ],
    selectors: [districts],
    abolished: { since: reform, successors: [communes] },
  },
  {
    code: 'district-commune-committees',
    names: {
      vi: 'UBND các huyện và các xã',
      en: 'People’s Committees of districts and communes',
      fr: 'Comités populaires des districts et des communes',
    },
    patterns: [
      `^${committee} (cac )?(${town} ?)+(cac )?(${ward} ?)+$`,
      `^${committee} cac cap$`,
      `^${committee} cap huyen cap xa$`,
    ],
    selectors: [districts, communes],
    abolished: { since: reform, successors: [communes] },
  },
  {
    code: 'ward-committees',
    names: { vi: 'UBND các phường', en: 'People’s Committees of wards', fr: 'Comités populaires des quartiers' },
    patterns: [`^(${committee} )?cac phuong$`],
    selectors: [{ ...communes, unitTypes: ['ward'] }],
  },
  {
    code: 'special-zone-committees',
    names: {
      vi: 'UBND các đặc khu',
      en: 'People’s Committees of special zones',
      fr: 'Comités populaires des zones spéciales',
    },
    patterns: [`^(${committee} )?cac dac khu$`],
    selectors: [{ ...communes, unitTypes: ['special_zone'] }],
  },
  {
    // "các xã" alone: the communes proper; with wards or zones named beside it, or "cấp xã", everything at that level.
    code: 'rural-commune-committees',
    names: {
      vi: 'UBND các xã',
      en: 'People’s Committees of rural communes',
      fr: 'Comités populaires des communes rurales',
    },
    patterns: [`^(${committee} )?cac xa$`],
    selectors: [{ ...communes, unitTypes: ['commune'] }],
  },
  {
    code: 'commune-committees',
    names: {
      vi: 'UBND các xã, phường, đặc khu',
      en: 'People’s Committees of communes',
      fr: 'Comités populaires des communes',
    },
    patterns: [
      `^(${committee} )?cac (${ward} ?)+$`,
      `^${committee} ${ward} (${ward} ?)+$`,
      `^${ward} ${ward} (${ward} ?)*$`,
      `^(${committee}|chinh quyen) cap (co so|(${ward} ?)+)$`,
    ],
    selectors: [communes],
  },
  {
    code: 'localities',
    names: { vi: 'Các địa phương', en: 'Localities', fr: 'Localités' },
    patterns: ['^(cac )?(chinh quyen )?dia phuong( cac cap)?$', '^chinh quyen cac cap$'],
    selectors: localities,
  },
  {
    code: 'front-members',
    names: { vi: 'Mặt trận và các tổ chức thành viên', en: 'The Front and its members', fr: 'Le Front et ses membres' },
    patterns: [
      `^(uy ban )?mat tran to quoc( viet nam)?${tier}( cac cap)? cac (to chuc thanh vien|doan the|to chuc chinh tri xa hoi).*$`,
    ],
    selectors: [...fronts, ...unions],
  },
  {
    code: 'unions',
    names: {
      vi: 'Các tổ chức chính trị - xã hội',
      en: 'Socio-political organisations',
      fr: 'Organisations socio-politiques',
    },
    patterns: [
      `^(cac )?to chuc chinh tri xa hoi${tier}$`,
      `^(cac )?to chuc thanh vien( mat tran( to quoc)?( viet nam)?)?${tier}$`,
      `^(cac )?(hoi )?doan the( chinh tri xa hoi)?${tier}$`,
    ],
    selectors: unions,
  },
  {
    code: 'courts',
    names: {
      vi: 'Tòa án nhân dân các cấp',
      en: 'People’s Courts of all levels',
      fr: 'Tribunaux populaires de tous niveaux',
    },
    patterns: ['^toa an nhan dan cac cap$'],
    selectors: [
      { kinds: ['court'], level: 'central', within: 'nation', forIssuers: ['central'] },
      { kinds: ['court'], level: 'province', within: 'issuer-territory' },
    ],
  },
  {
    code: 'procuracies',
    names: {
      vi: 'Viện kiểm sát nhân dân các cấp',
      en: 'People’s Procuracies of all levels',
      fr: 'Parquets populaires de tous niveaux',
    },
    patterns: ['^vien kiem sat nhan dan cac cap$'],
    selectors: [
      { kinds: ['procuracy'], level: 'central', within: 'nation', forIssuers: ['central'] },
      { kinds: ['procuracy'], level: 'province', within: 'issuer-territory' },
    ],
  },
  {
    code: 'bodies-concerned',
    names: { vi: 'Các cơ quan, đơn vị liên quan', en: 'Bodies concerned', fr: 'Organismes concernés' },
    patterns: [
      '^(cac )?(co quan|don vi|to chuc)( (co quan|don vi|to chuc|dia phuong|ca nhan|chuc nang|khac))*( thuoc)?( tinh| thanh pho)?$',
      '^(cac )?co quan trung uong dong.*$',
    ],
    selectors: [],
    isOpen: true,
  },
  {
    code: 'not-state-bodies',
    names: {
      vi: 'Doanh nghiệp, hội, cơ sở, báo chí',
      en: 'Enterprises, associations, facilities, press',
      fr: 'Entreprises, associations, établissements, presse',
    },
    patterns: [
      '^(cac )?(doanh nghiep|co so|co quan bao chi|hop tac xa|nha dau tu|to chuc tin dung)( .*)?$',
      '^cac (hoi|hiep hoi|vien truong|truong|vien)( .*)?$',
    ],
    selectors: [],
    isOpen: true,
  },
]

export const agencyClasses: AgencyClass[] = rows.map((row) => ({ isOpen: false, abolished: null, ...row }))
