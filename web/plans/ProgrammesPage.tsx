import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { totalOf } from '#plans/model'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Section } from '../kit/Section.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { tasksTo } from './addresses.ts'
import { WorkNumbers } from './Numbers.tsx'
import { programmesQuery } from './queries.ts'
import styles from './Serving.module.css'
import { numberAndDate } from './words.ts'

/** The programmes tasks serve, each with its work: once in each, once in the total. */
export function ProgrammesPage() {
  const t = useText()
  const format = useFormat()
  const { data, error, refetch } = useQuery(programmesQuery)
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  const serving = data?.programmes.filter((programme) => totalOf(programme.numbers) > 0) ?? []
  const idle = data?.programmes.filter((programme) => totalOf(programme.numbers) === 0) ?? []
  return (
    <>
      <PageHeader
        title={t('plans.programmes-title')}
        state={
          data &&
          t('plans.programmes-state', {
            serving: serving.length,
            number: format.number(serving.length),
            all: format.number(data.programmes.length),
          })
        }
      />
      {data?.programmes.length === 0 && (
        <Empty title={t('plans.programmes-empty')}>{t('plans.programmes-empty-words')}</Empty>
      )}
      {data && totalOf(data.total) > 0 && (
        <Section title={t('plans.programmes-total')}>
          <WorkNumbers numbers={data.total} of={{ programme: data.programmes.map(({ code }) => code) }} />
          <p className={styles.quiet}>{t('plans.programmes-once')}</p>
        </Section>
      )}
      {serving.map((programme) => (
        <article key={programme.code} className={styles.programme}>
          <div>
            <h2>
              <Link to={tasksTo({ programme: [programme.code] })}>{programme.name}</Link>
            </h2>
            <p className={styles.quiet}>
              {numberAndDate(programme, t, format)} ·{' '}
              {t('plans.programme-extent', {
                tasks: programme.tasks,
                number: format.number(programme.tasks),
                plans: programme.plans,
                plansNumber: format.number(programme.plans),
              })}
            </p>
          </div>
          <WorkNumbers numbers={programme.numbers} of={{ programme: [programme.code] }} size="row" />
        </article>
      ))}
      {idle.length > 0 && (
        <Section title={t('plans.programmes-idle')}>
          <ul className={styles.places}>
            {idle.map((programme) => (
              <li key={programme.code}>
                {programme.name}
                <span className={styles.state}>{numberAndDate(programme, t, format)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
