import { Button } from '@mantine/core'
import { IconArrowsJoin } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Joint, JointPlace, OccurrenceDetail } from '#plans/model'
import { Section } from '../kit/Section.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { planTo, tasksTo, workTo } from './addresses.ts'
import { JoinDialog } from './JoinDialog.tsx'
import { PartDialog } from './PartDialog.tsx'
import styles from './Serving.module.css'
import { choice, shorten, standingTones, withPath } from './words.ts'

/** Joined work that is entered at another task: where, in place of a form. */
export function EnteredElsewhere({ work }: { work: OccurrenceDetail }) {
  const t = useText()
  const { places, isHomeHidden } = work.serving
  const home = places.find((place) => place.isHome)
  if (isHomeHidden) return <p className={styles.elsewhere}>{t('plans.entered-hidden')}</p>
  if (home === undefined || home.occurrenceId === work.id) return null
  return (
    <p className={styles.elsewhere}>
      {t('plans.entered-at')}{' '}
      <Link to={workTo(home.occurrenceId)}>
        {shorten(withPath(home.path, home.text), 100)} ({home.planNumber ?? shorten(home.planTitle, 60)})
      </Link>
    </p>
  )
}

/** The plans and programmes a piece of work serves; joining it with one more task, and parting. */
export function ServingSection({ work }: { work: OccurrenceDetail }) {
  const t = useText()
  const format = useFormat()
  const [isJoining, setJoining] = useState(false)
  const [parting, setParting] = useState<Joint | null>(null)
  const { places, programmes, strictestDueOn, joints, isHomeHidden } = work.serving
  const isJoined = places.length > 1 || isHomeHidden
  return (
    <Section title={t('plans.serving')}>
      <ul className={styles.places}>
        {places.map((place) => (
          <li key={place.occurrenceId}>
            <Place place={place} isHere={place.occurrenceId === work.id} isJoined={isJoined} />
          </li>
        ))}
      </ul>
      {isHomeHidden && <p className={styles.quiet}>{t('plans.home-hidden')}</p>}
      {places.length > 1 && (
        <p className={styles.quiet}>
          {strictestDueOn === null
            ? t('plans.counted-once')
            : t('plans.counted-once-by', { date: format.date(strictestDueOn) })}
        </p>
      )}
      {programmes.length > 0 && (
        <>
          <h3 className={styles.part}>{t('plans.row-programmes')}</h3>
          <ul className={styles.places}>
            {programmes.map((programme) => (
              <li key={programme.code}>
                <Link to={tasksTo({ programme: [programme.code] })}>{programme.name}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <Joints joints={joints} mayPart={work.may.join} onPart={setParting} />
      {work.may.join && (
        <Button
          variant="default"
          mt="sm"
          leftSection={<IconArrowsJoin size={18} stroke={1.6} aria-hidden />}
          onClick={() => setJoining(true)}
        >
          {t('plans.join')}
        </Button>
      )}
      {isJoining && <JoinDialog from={{ ...work, occurrenceId: work.id }} onClose={() => setJoining(false)} />}
      {parting && <PartDialog workId={work.id} joint={parting} onClose={() => setParting(null)} />}
    </Section>
  )
}

function Place({ place, isHere, isJoined }: { place: JointPlace; isHere: boolean; isJoined: boolean }) {
  const t = useText()
  const format = useFormat()
  return (
    <>
      {isHere ? (
        <strong>{place.planNumber ?? place.planTitle}</strong>
      ) : (
        <Link to={planTo(place.planId)} title={place.planTitle}>
          {place.planNumber ?? place.planTitle}
        </Link>
      )}
      {!isHere && (
        <Link to={workTo(place.occurrenceId)} className={styles.task}>
          {shorten(withPath(place.path, place.text), 110)}
        </Link>
      )}
      <span className={styles.state}>
        <StatusBadge tone={standingTones[place.standing]}>
          {t('plans.standing-is', { standing: choice(place.standing) })}
        </StatusBadge>
        <span>
          {place.dueOn === null ? t('kit.due-none') : t('plans.due-in-plan', { date: format.date(place.dueOn) })}
        </span>
        {isJoined && place.isHome && <span>{t('plans.entered-here')}</span>}
      </span>
    </>
  )
}

interface JointsProps {
  joints: readonly Joint[]
  mayPart: boolean
  onPart: (joint: Joint) => void
}

/** Who joined the task with what and why; what ended, folded away. */
function Joints({ joints, mayPart, onPart }: JointsProps) {
  const t = useText()
  const standing = joints.filter((joint) => joint.ended === null)
  const ended = joints.filter((joint) => joint.ended !== null)
  return (
    <>
      {standing.map((joint) => (
        <div key={joint.id} className={styles.joint}>
          <JointWords joint={joint} />
          {mayPart && (
            <Button variant="subtle" size="compact-sm" onClick={() => onPart(joint)}>
              {t('plans.part')}
            </Button>
          )}
        </div>
      ))}
      {ended.length > 0 && (
        <details className={styles.ended}>
          <summary>{t('plans.joints-ended', { count: ended.length })}</summary>
          {ended.map((joint) => (
            <div key={joint.id} className={styles.joint}>
              <JointWords joint={joint} />
            </div>
          ))}
        </details>
      )}
    </>
  )
}

function JointWords({ joint }: { joint: Joint }) {
  const t = useText()
  const format = useFormat()
  const { ended, other } = joint
  const plan = other.planNumber ?? shorten(other.planTitle, 60)
  return (
    <div className={styles.quiet}>
      <p>
        {t('plans.joined-by', {
          person: joint.personName ?? t('plans.someone'),
          plan,
          at: format.dateTime(joint.joinedAt),
        })}
      </p>
      <p>{t('plans.because', { reason: joint.reason })}</p>
      {ended && (
        <p>
          {t('plans.joint-ended-by', {
            cause: choice(ended.cause),
            person: ended.personName ?? t('plans.someone'),
            at: format.dateTime(ended.at),
            reason: ended.reason ?? '',
          })}
        </p>
      )}
    </div>
  )
}
