import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import type { SuggestedBody } from '#documents/model'
import { Picker, type Find, type Picked } from '../../kit/Picker.tsx'
import { useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { findAgencies, issuersQuery, suggestBodies, type FoundAgency, type Issuer } from '../imports-api.ts'
import type { Review } from './useReview.ts'
import { choice } from './choice.ts'
import { HeldBy } from './HeldBy.tsx'
import styles from './BodyPicker.module.css'

export interface BodyPickerProps {
  review: Review
  /** The words as printed; null when nobody printed any. */
  raw: string | null
  chosen: { agencyId: string | null; classCode: string | null }
  /** How many other duties have the same words. */
  others?: number
  /** Only bodies: a document is issued by one. */
  onlyBodies?: boolean
  onChoose: (body: SuggestedBody | null, everywhere: boolean) => void
  onClose?: () => void
}

/** Says who is meant: one of those suggested, another found by typing, or nobody yet: the words stay. */
export function BodyPicker({
  review,
  raw,
  chosen,
  others = 0,
  onlyBodies = false,
  onChoose,
  onClose,
}: BodyPickerProps) {
  const t = useText()
  const id = useId()
  const [everywhere, setEverywhere] = useState(raw !== null)
  const own = useOwnBody()
  const { data: issuers = [] } = useQuery({ ...issuersQuery(null), enabled: onlyBodies })
  const read = (raw === null ? [] : review.optionsFor(raw)).filter((option) => !onlyBodies || option.agencyId !== null)
  const kept = onlyBodies
    ? [
        ...(own === undefined ? [] : [own]),
        ...issuers.filter(({ id: body }) => body !== own?.agencyId).map((body) => keptBody(body, own?.name)),
      ]
    : []
  const options = [...read, ...kept.filter((body) => !read.some((option) => option.agencyId === body.agencyId))]
  const current = review.nameOf(chosen)
  const isOther = current !== undefined && !options.some((option) => isSame(option, chosen))
  const box = useRef<HTMLDivElement>(null)
  // Opened by hand, it is where one goes on typing; the issuer's stands open from the start.
  useEffect(() => {
    if (!onlyBodies) box.current?.querySelector('input')?.focus()
  }, [onlyBodies])
  function choose(body: SuggestedBody | null) {
    if (body) review.remember(body)
    onChoose(body, others > 0 && everywhere)
  }
  return (
    <div
      ref={box}
      className={styles.picker}
      role="group"
      aria-label={raw === null ? t('documents.screen.choose-body') : t('documents.screen.who-is', { raw })}
    >
      <ul className={styles.options}>
        {[...options, ...(isOther ? [current] : [])].map((option) => (
          <li key={option.agencyId ?? option.classCode}>
            <Choice name={id} isChosen={isSame(option, chosen)} onChoose={() => choose(option)} body={option} />
          </li>
        ))}
        {raw !== null && !onlyBodies && (
          <li>
            <label className={styles.option}>
              <input
                type="radio"
                name={id}
                checked={chosen.agencyId === null && chosen.classCode === null}
                onChange={() => choose(null)}
              />
              <span>{t('documents.screen.leave-words', { raw })}</span>
            </label>
          </li>
        )}
      </ul>
      <Picker
        id={`${id}-other`}
        label={t(options.length === 0 ? 'documents.screen.find-body' : 'documents.screen.other-body')}
        what={`documents.bodies ${review.id} ${review.proposal.header.issuedOn.value ?? ''}`}
        find={useFind(review, onlyBodies)}
        value={null}
        onChange={(picked) => picked && choose(toBody(picked))}
      />
      {others > 0 && (
        <Checkbox
          checked={everywhere}
          onChange={(event) => setEverywhere(event.currentTarget.checked)}
          label={t(raw === null ? 'documents.screen.everywhere-none' : 'documents.screen.everywhere', {
            count: others,
          })}
        />
      )}
      {onClose && (
        <Button variant="default" onClick={onClose} className={styles.close}>
          {t('kit.close')}
        </Button>
      )}
    </div>
  )
}

function isSame(body: SuggestedBody, match: { agencyId: string | null; classCode: string | null }): boolean {
  return (
    body.agencyId === match.agencyId && body.classCode === match.classCode && (body.agencyId ?? body.classCode) !== null
  )
}

function Choice({
  name,
  isChosen,
  onChoose,
  body,
}: {
  name: string
  isChosen: boolean
  onChoose: () => void
  body: SuggestedBody
}) {
  const t = useText()
  const format = useFormat()
  return (
    <label className={styles.option}>
      <input type="radio" name={name} checked={isChosen} onChange={onChoose} />
      <span>
        {body.name}
        <span className={styles.why}>
          {t('documents.screen.why', { why: choice(body.why) })}
          {body.endedOn !== null && ` · ${t('documents.screen.ended', { date: format.date(body.endedOn) })}`}
        </span>
        <HeldBy body={body} />
      </span>
    </label>
  )
}

/** The body one acts for: a person mostly loads its own documents. */
function useOwnBody(): SuggestedBody | undefined {
  const { posts, actingPostId } = useSession()
  const post = posts.find((each) => each.id === actingPostId)
  return (
    post && {
      agencyId: post.agencyId,
      classCode: null,
      name: post.agencyName,
      endedOn: null,
      score: 0.5,
      why: 'own',
      heldBy: null,
    }
  )
}

/** A body whose plans one's own keeps: of the past, or the head of the executive. */
function keptBody(body: Issuer, holder: string | undefined): SuggestedBody {
  const since = body.endedOn
  const heldBy = since === null || holder === undefined ? null : { names: [holder], count: 1, since }
  return { agencyId: body.id, classCode: null, name: body.name, endedOn: body.endedOn, score: 0.5, why: 'kept', heldBy } // prettier-ignore
}

const classPrefix = 'class '

function toBody(picked: Picked): SuggestedBody {
  const isClass = picked.id.startsWith(classPrefix)
  return {
    agencyId: isClass ? null : picked.id,
    classCode: isClass ? picked.id.slice(classPrefix.length) : null,
    name: picked.name,
    endedOn: null,
    score: 1,
    why: 'chosen',
    heldBy: null,
  }
}

/** Bodies by typing: what the words could mean in this document first, then all that are called so on its date. */
function useFind(review: Review, onlyBodies: boolean): Find {
  const t = useText()
  const on = review.proposal.header.issuedOn.value ?? undefined
  const place = review.proposal.header.place.value ?? ''
  return async (query, signal) => {
    // Before anything is typed, an issuer is most likely the committee of the place the document names.
    if (query === '' && onlyBodies && place !== '')
      return (await findAgencies(place, on, signal, { kind: 'people-committee', level: 'province' })).map(toPicked)
    if (query === '') return []
    const [meant, called] = await Promise.all([
      suggestBodies(review.id, query, signal),
      findAgencies(query, on, signal),
    ])
    const fromMeant: Picked[] = meant
      .filter((body) => !onlyBodies || body.agencyId !== null)
      .map((body) => ({
        id: body.agencyId ?? `${classPrefix}${body.classCode}`,
        name: body.name,
        detail: body.agencyId === null ? t('documents.screen.class') : undefined,
      }))
    return [...new Map([...fromMeant, ...called.map(toPicked)].map((picked) => [picked.id, picked])).values()]
  }
}

function toPicked(agency: FoundAgency): Picked {
  return { id: agency.id, name: agency.name, detail: agency.superior?.name ?? agency.unit.name }
}
