import { Button } from '@mantine/core'
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import {
  acceptHeader,
  editHeader,
  matchIssuer,
  missingHeader,
  unconfirmedHeader,
  type HeaderName,
  type ProposedHeader,
  type SourcePlace,
} from '#documents/model'
import { DateField } from '../../kit/DateField.tsx'
import { LongTextField, SelectField, TextField } from '../../kit/fields.tsx'
import { useProblemWords } from '../../kit/problem-words.ts'
import { useMay, useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { issuersQuery } from '../imports-api.ts'
import { BodyPicker } from './BodyPicker.tsx'
import { FieldMark } from './FieldMark.tsx'
import { HeldBy } from './HeldBy.tsx'
import { lookAt, type Review } from './useReview.ts'
import styles from './HeaderForm.module.css'

/** The head of the document: what was read, beside what a person enters where nothing was. */
export function HeaderForm({ review }: { review: Review }) {
  const t = useText()
  const { today } = useSession()
  const { header } = review.proposal
  useNamesAnew(review)
  const open =
    unconfirmedHeader(header).length +
    (review.proposal.issuer.state === 'proposed' && review.proposal.issuer.agencyId !== null ? 1 : 0)
  const needed = neededOf(review)
  const shared = { review, disabled: !review.mayEdit }
  return (
    <section className={styles.form} aria-label={t('documents.screen.head')}>
      <div className={styles.top}>
        <h3>{t('documents.screen.head')}</h3>
        {open > 0 ? (
          <Button
            size="compact-md"
            leftSection={<IconCircleCheck size={18} aria-hidden />}
            disabled={!review.mayEdit}
            onClick={() => review.apply(acceptHeader)}
          >
            {t('documents.screen.confirm-head', { count: open })}
          </Button>
        ) : (
          needed.length === 0 && <span className={styles.quiet}>{t('documents.screen.head-confirmed')}</span>
        )}
      </div>
      {needed.length > 0 && (
        <p className={styles.needed}>
          <IconAlertCircle size={20} stroke={1.8} aria-hidden />
          <span>
            {t('documents.screen.head-needed', { count: needed.length })}{' '}
            {needed.map((name, index) => (
              <span key={name}>
                {index > 0 && ', '}
                <a href={`#head-${name}`} onClick={(event) => goToField(event, name)}>
                  {name === 'issuer' ? t('documents.screen.issuer') : t('documents.screen.field', { name })}
                </a>
              </span>
            ))}
            .
          </span>
        </p>
      )}
      <IssuerField review={review} />
      <Kind {...shared} />
      <Text {...shared} name="number" letters={24} />
      <Text {...shared} name="place" letters={30} />
      <Around review={review} place={header.issuedOn.place}>
        <DateField
          id="head-issuedOn"
          label={<Label review={review} name="issuedOn" />}
          value={header.issuedOn.value}
          today={today}
          max={today}
          disabled={!review.mayEdit}
          onChange={(value) => review.apply((proposal) => editHeader(proposal, 'issuedOn', value))}
        />
      </Around>
      <LongText {...shared} name="title" rows={3} />
      <Lines {...shared} name="bases" rows={4} />
      <LongText {...shared} name="preamble" rows={3} />
      <Lines {...shared} name="recipients" rows={4} />
      <Lines {...shared} name="powers" rows={2} />
      <Text {...shared} name="post" letters={40} />
      <Text {...shared} name="signer" letters={40} />
      <div className={styles.pair}>
        {(['periodFrom', 'periodTo'] as const).map((name) => (
          <DateField
            key={name}
            id={`head-${name}`}
            label={<Label review={review} name={name} />}
            value={header[name].value}
            today={today}
            disabled={!review.mayEdit}
            onChange={(value) => review.apply((proposal) => editHeader(proposal, name, value))}
          />
        ))}
      </div>
    </section>
  )
}

/** What an issued plan must have in its head and nobody has entered yet. */
function neededOf({ proposal }: Pick<Review, 'proposal'>): (HeaderName | 'issuer')[] {
  return [...(proposal.issuer.agencyId === null ? ['issuer' as const] : []), ...missingHeader(proposal.header)]
}

function goToField(event: React.MouseEvent, name: string): void {
  event.preventDefault()
  const target = document.getElementById(`head-${name}`)
  target?.scrollIntoView({ block: 'center' })
  target?.focus()
}

function Label({ review, name }: { review: Review; name: HeaderName }) {
  const t = useText()
  const field = review.proposal.header[name]
  const isEmpty = field.value === null || field.value.length === 0
  const isNeeded = missingHeader(review.proposal.header).includes(name)
  return (
    <>
      {t('documents.screen.field', { name })}{' '}
      <FieldMark state={isNeeded ? 'needed' : isEmpty && field.state !== 'edited' ? 'missing' : field.state} />
    </>
  )
}

/** Shows the place of what has the focus in the original. */
function Around({ review, place, children }: { review: Review; place: SourcePlace | null; children: ReactNode }) {
  const t = useText()
  const format = useFormat()
  return (
    <div className={styles.field} onFocus={() => review.show(place)}>
      {children}
      {place?.line != null && (
        <button type="button" className={styles.place} onClick={() => lookAt(review, place)}>
          {t('documents.screen.line', { line: format.number(place.line) })}
        </button>
      )}
    </div>
  )
}

type TextName = { [N in HeaderName]: ProposedHeader[N]['value'] extends string | null ? N : never }[HeaderName]
type ListName = { [N in HeaderName]: ProposedHeader[N]['value'] extends string[] ? N : never }[HeaderName]
type FieldProps<N> = { review: Review; name: N; disabled: boolean }

function edit(review: Review, name: HeaderName, value: string): void {
  review.apply(
    (proposal) => editHeader(proposal, name, value === '' ? null : value),
    review.proposal.header[name].state === 'edited' ? 'forget' : undefined,
  )
}

function Text({ review, name, letters, disabled }: FieldProps<TextName> & { letters: number }) {
  const field = review.proposal.header[name]
  return (
    <Around review={review} place={field.place}>
      <TextField
        id={`head-${name}`}
        label={<Label review={review} name={name} />}
        value={field.value ?? ''}
        letters={letters}
        disabled={disabled}
        onChange={(value) => edit(review, name, value)}
      />
    </Around>
  )
}

function LongText({ review, name, rows, disabled }: FieldProps<TextName> & { rows: number }) {
  const field = review.proposal.header[name]
  return (
    <Around review={review} place={field.place}>
      <LongTextField
        id={`head-${name}`}
        label={<Label review={review} name={name} />}
        value={field.value ?? ''}
        rows={rows}
        disabled={disabled}
        onChange={(value) => edit(review, name, value)}
      />
    </Around>
  )
}

/** A list, one a line. */
function Lines({ review, name, rows, disabled }: FieldProps<ListName> & { rows: number }) {
  const t = useText()
  const field = review.proposal.header[name]
  return (
    <Around review={review} place={field.place}>
      <LongTextField
        id={`head-${name}`}
        label={<Label review={review} name={name} />}
        help={t('documents.screen.one-a-line')}
        value={field.value.join('\n')}
        rows={Math.min(8, Math.max(rows, field.value.length))}
        disabled={disabled}
        onChange={(value) =>
          review.apply(
            (proposal) => editHeader(proposal, name, value === '' ? [] : value.split('\n')),
            field.state === 'edited' ? 'forget' : undefined,
          )
        }
      />
    </Around>
  )
}

function Kind({ review, disabled }: { review: Review; disabled: boolean }) {
  const t = useText()
  const { kind } = review.proposal.header
  const known = review.detail.kinds
  const isKnown = kind.value === null || known.some(({ code }) => code === kind.value)
  const kinds = isKnown || kind.value === null ? known : [{ code: kind.value, name: kind.value }, ...known]
  return (
    <Around review={review} place={kind.place}>
      <SelectField
        id="head-kind"
        label={<Label review={review} name="kind" />}
        value={kind.value ?? ''}
        choices={[
          { value: '', label: t('documents.screen.choose') },
          ...kinds.map(({ code, name }) => ({ value: code, label: name })),
        ]}
        disabled={disabled}
        onChange={(value) => review.apply((proposal) => editHeader(proposal, 'kind', value === '' ? null : value))}
      />
    </Around>
  )
}

/** Understands all names anew when issuer or date change: "the department of health" is that body's, as it was that day. */
function useNamesAnew(review: Review): void {
  const toast = useToast()
  const words = useProblemWords()
  const { issuer, header } = review.proposal
  const of = `${issuer.agencyId} ${header.issuedOn.value}`
  const known = useRef(of)
  const now = useRef(review)
  now.current = review
  useEffect(() => {
    if (known.current === of || now.current.proposal.issuer.agencyId === null) return
    known.current = of
    now.current.matchNames().catch((problem: unknown) => toast({ kind: 'problem', text: words(problem) }))
  }, [of, toast, words])
}

/** Who issued it. */
function IssuerField({ review }: { review: Review }) {
  const t = useText()
  const { issuer } = review.proposal
  const [isOpen, setOpen] = useState(issuer.agencyId === null)
  const chosen = review.nameOf({ agencyId: issuer.agencyId, classCode: null })
  const may = useMay()
  const { data: issuers } = useQuery({
    ...issuersQuery(issuer.agencyId),
    enabled: issuer.agencyId !== null && may('plans.draft'),
  })
  const isForeign =
    issuer.agencyId !== null && issuers !== undefined && !issuers.some(({ id }) => id === issuer.agencyId)
  function choose(agencyId: string | null) {
    review.apply((proposal) => matchIssuer(proposal, agencyId))
    setOpen(agencyId === null)
  }
  return (
    <Around review={review} place={issuer.place}>
      <p className={styles.label} id="head-issuer" tabIndex={-1}>
        {t('documents.screen.issuer')} <FieldMark state={issuer.agencyId === null ? 'needed' : issuer.state} />
      </p>
      <p>
        {chosen?.name ?? t('documents.screen.issuer-unknown')}
        {issuer.raw !== null && (
          <span className={styles.quiet}> {t('documents.screen.as-printed', { raw: issuer.raw })}</span>
        )}
      </p>
      <HeldBy body={chosen} />
      {isForeign && (
        <p className={styles.needed} role="status">
          <IconAlertCircle size={20} stroke={1.8} aria-hidden />
          <span>{t('documents.screen.issuer-foreign', { name: chosen?.name ?? '' })}</span>
        </p>
      )}
      {isOpen ? (
        review.mayEdit && (
          <BodyPicker
            review={review}
            raw={issuer.raw}
            chosen={{ agencyId: issuer.agencyId, classCode: null }}
            onlyBodies
            onChoose={(body) => choose(body?.agencyId ?? null)}
          />
        )
      ) : (
        <Button variant="default" size="compact-sm" disabled={!review.mayEdit} onClick={() => setOpen(true)}>
          {t('documents.screen.change')}
        </Button>
      )}
      {(issuer.agencyId === null || review.proposal.header.issuedOn.value === null) && (
        <p className={styles.quiet}>{t('documents.screen.issuer-help')}</p>
      )}
    </Around>
  )
}
