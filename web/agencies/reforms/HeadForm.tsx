import { Button } from '@mantine/core'
import { DateField } from '../../kit/DateField.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { problemAt } from '../../kit/field-problems.ts'
import { TextField } from '../../kit/fields.tsx'
import { useSession } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import styles from './reforms.module.css'

export interface Head {
  title: string
  legalBasis: string
  date: string | null
}

export interface HeadFormProps {
  head: Head
  onChange: (head: Head) => void
  /** A new reform is begun by a button; a draft saves by itself. */
  begin?: { problem: unknown; isPending: boolean; run: () => void; onClose: () => void }
}

/** Title, legal basis and date of a reform. */
export function HeadForm({ head, onChange, begin }: HeadFormProps) {
  const t = useText()
  const { today } = useSession()
  const at = (name: string) => ({ id: name, error: problemAt(begin?.problem, name) })
  return (
    <>
      <ErrorSummary problem={begin?.problem} />
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          begin?.run()
        }}
      >
        <TextField
          {...at('title')}
          label={t('agencies.reform-title')}
          required
          value={head.title}
          onChange={(title) => onChange({ ...head, title })}
        />
        <TextField
          {...at('legalBasis')}
          label={t('agencies.basis')}
          help={t('agencies.reform-basis-help')}
          required
          value={head.legalBasis}
          onChange={(legalBasis) => onChange({ ...head, legalBasis })}
        />
        <DateField
          {...at('date')}
          label={t('agencies.reform-date')}
          help={t('agencies.reform-date-help')}
          required
          value={head.date}
          onChange={(date) => onChange({ ...head, date })}
          today={today}
        />
        {begin && (
          <div className={styles.acts}>
            <Button type="submit" loading={begin.isPending}>
              {t('agencies.reform-begin')}
            </Button>
            <Button variant="default" onClick={begin.onClose}>
              {t('kit.cancel')}
            </Button>
          </div>
        )}
      </form>
    </>
  )
}
