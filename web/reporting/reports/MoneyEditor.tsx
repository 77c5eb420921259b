import type { MoneyLine } from '#reporting/model'
import { useFormat, useText } from '../../kit/text.tsx'
import { choice } from '../../plans/words.ts'
import styles from './Reports.module.css'
import type { EditorProps } from './SectionEditor.tsx'
import { useNamed } from './words.ts'

const absences = ['missing', 'not-applicable', 'not-yet-known'] as const

/** Money in đồng, by what for and source: an amount, or why there is none. */
export function MoneyEditor({ value, change, shape, isOpen, findings }: EditorMoney) {
  const t = useText()
  const named = useNamed()
  const set = (name: string, line: MoneyLine | undefined) => {
    const others = Object.fromEntries(Object.entries(value.cells).filter(([one]) => one !== name))
    change({ ...value, cells: line === undefined ? others : { ...others, [name]: line } })
  }
  return (
    <div
      className={styles.scroll}
      role="region"
      aria-label={t('reports.money')}
      tabIndex={0}
      data-line={`${shape.key}/*`}
    >
      <table className={styles.grid}>
        <caption className="sr-only">{t('reports.money')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('reports.money-for')}</th>
            {shape.sources.map((source) => (
              <th key={source.key} scope="col">
                {named(source.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shape.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{named(row.label)}</th>
              {shape.sources.map((source) => {
                const name = `${row.key}:${source.key}`
                return (
                  <td key={source.key} data-line={`${shape.key}/${name}`}>
                    <MoneyCell
                      label={t('reports.cell', { row: named(row.label), column: named(source.label) })}
                      line={value.cells[name]}
                      disabled={!isOpen(name)}
                      onChange={(said) => set(name, said && { key: row.key, source: source.key, ...said })}
                    />
                    {findings
                      .filter(({ line }) => line === `${shape.key}/${name}`)
                      .map(({ code, title }) => (
                        <p key={code} className={styles.fault}>
                          {title}
                        </p>
                      ))}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.quiet}>{t('reports.money-help')}</p>
    </div>
  )
}

type EditorMoney = Omit<EditorProps<'money'>, 'value' | 'change'> & {
  value: { kind: 'money'; cells: Readonly<Record<string, MoneyLine>> }
  change: (value: { kind: 'money'; cells: Readonly<Record<string, MoneyLine>> }) => void
}

interface MoneyCellProps {
  label: string
  line: MoneyLine | undefined
  disabled: boolean
  onChange: (said: Pick<MoneyLine, 'amount' | 'absence'> | undefined) => void
}

/** Digits only: more than a number of the browser holds exactly. */
function MoneyCell({ label, line, disabled, onChange }: MoneyCellProps) {
  const t = useText()
  const format = useFormat()
  const grouped = (amount: string) => new Intl.NumberFormat(format.locale).format(BigInt(amount))
  return (
    <div className={styles.money}>
      <input
        type="text"
        inputMode="numeric"
        aria-label={label}
        className={styles.input}
        data-number
        disabled={disabled || (line?.absence ?? null) !== null}
        value={line?.amount ? grouped(line.amount) : ''}
        onChange={(event) => {
          const digits = event.currentTarget.value
            .replace(/\D/g, '')
            .replace(/^0+(?=\d)/, '')
            .slice(0, 18)
          onChange(digits === '' ? undefined : { amount: digits, absence: null })
        }}
      />
      <select
        aria-label={t('reports.cell', { row: label, column: t('reports.absence') })}
        className={styles.input}
        disabled={disabled}
        value={line?.absence ?? ''}
        onChange={(event) => {
          const absence = absences.find((one) => one === event.currentTarget.value) ?? null
          onChange(absence === null ? undefined : { amount: null, absence })
        }}
      >
        <option value="">{t('reports.absence-none')}</option>
        {absences.map((one) => (
          <option key={one} value={one}>
            {t('indicators.standing-is', { standing: choice(one) })}
          </option>
        ))}
      </select>
    </div>
  )
}
