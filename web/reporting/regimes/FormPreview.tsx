import type { LocalizedText } from '#platform/model'
import type { FormDefinition, Section } from '#reporting/model'
import { useLanguage, useText } from '../../kit/text.tsx'
import { useNames } from '../../indicators/queries.ts'
import styles from './Regimes.module.css'
import { useRegimeWords } from './words.ts'

/** The form as whoever reports will see it, empty. */
export function FormPreview({ definition }: { definition: FormDefinition }) {
  const t = useText()
  const words = useRegimeWords()
  if (definition.sections.length === 0) return <p>{t('regimes.form-none')}</p>
  return (
    <div className={styles.paper}>
      <p>
        <strong>{words.say(definition.title)}</strong>
      </p>
      <ol>
        {definition.sections.map((section) => (
          <li key={section.key}>
            <p>
              <strong>{words.say(section.heading)}</strong>{' '}
              <span className={styles.detail}>
                {t('regimes.section-is', {
                  kind: t(`regimes.section-${section.kind}`),
                  required: section.isRequired ? 'yes' : 'no',
                })}
              </span>
            </p>
            <p className={styles.detail}>{words.say(section.guidance)}</p>
            <Inside section={section} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Inside({ section }: { section: Section }) {
  const t = useText()
  const words = useRegimeWords()
  const known = useNames()
  switch (section.kind) {
    case 'narrative':
      return section.wordLimit === null ? null : <p>{t('regimes.word-limit-is', { count: section.wordLimit })}</p>
    case 'tasks':
      return <p>{t('regimes.tasks-from-plans')}</p>
    case 'figures':
      return (
        <Table
          label={words.say(section.heading)}
          heads={[
            t('regimes.figure'),
            t('regimes.figure-unit'),
            ...(section.showsBefore ? [t('regimes.figure-before')] : []),
            ...(section.showsPlan ? [t('regimes.figure-plan')] : []),
            t('regimes.figure-now'),
          ]}
          rows={section.rows.map((row) => {
            const measure = known.measure(row.measureId)?.measure
            return [
              words.say(row.label) || (measure?.name ?? t('regimes.unknown-measure')),
              measure?.unitOfMeasure ?? '',
            ]
          })}
        />
      )
    case 'money':
      return (
        <Table
          label={words.say(section.heading)}
          heads={[t('regimes.money-for'), ...section.sources.map(({ label }) => words.say(label))]}
          rows={section.rows.map(({ label }) => [words.say(label)])}
        />
      )
    case 'obstacles':
      return (
        <ul>
          {section.themes.map(({ key, label }) => (
            <li key={key}>{words.say(label)}</li>
          ))}
        </ul>
      )
    case 'attachments':
      return <p>{t('regimes.most-files', { count: section.most })}</p>
  }
}

function Table({
  label,
  heads,
  rows,
}: {
  label: string
  heads: readonly string[]
  rows: readonly (readonly string[])[]
}) {
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={at} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {heads.map((_, column) => (
                <td key={column}>{row[column]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Which words of the form are missing in which language. */
export function MissingWords({ definition }: { definition: FormDefinition }) {
  const t = useText()
  const words = useRegimeWords()
  const { languages } = useLanguage()
  const all = textsOf(definition)
  const missing = languages.flatMap((language) => {
    const lacks = all.filter((text) => !Object.entries(text).some(([one, said]) => one === language && said !== ''))
    return lacks.length === 0 ? [] : [{ language, lacks }]
  })
  if (missing.length === 0) return <p>{t('regimes.translation-whole')}</p>
  return (
    <ul>
      {missing.map(({ language, lacks }) => (
        <li key={language}>
          {t('regimes.translation-lacks', {
            language,
            count: lacks.length,
            first: words.say(lacks[0] ?? {}),
          })}
        </li>
      ))}
    </ul>
  )
}

/** Texts of a form that somebody wrote in at least one language. */
function textsOf({ title, sections }: FormDefinition): LocalizedText[] {
  const inside = (section: Section): LocalizedText[] => {
    if (section.kind === 'figures') return section.rows.map(({ label }) => label)
    if (section.kind === 'money') return [...section.rows, ...section.sources].map(({ label }) => label)
    return section.kind === 'obstacles' ? section.themes.map(({ label }) => label) : []
  }
  return [title, ...sections.flatMap((section) => [section.heading, section.guidance, ...inside(section)])].filter(
    (text) => Object.values(text).some((said) => said !== ''),
  )
}
