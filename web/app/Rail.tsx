import {
  IconAdjustmentsHorizontal,
  IconBuildingCommunity,
  IconChartLine,
  IconChecklist,
  IconCoins,
  IconFileReport,
  IconHeartHandshake,
  IconInbox,
  IconMessage2Question,
  IconMoodKid,
  IconZoomCheck,
  type Icon,
} from '@tabler/icons-react'
import { Link, useLocation, useMatches } from '@tanstack/react-router'
import type { Section } from '../kit/page.ts'
import { useText } from '../kit/text.tsx'
import type { RailEntry } from './registry.ts'
import styles from './Shell.module.css'

export const sectionIcons: Record<Section, Icon> = {
  work: IconInbox,
  recommendations: IconMessage2Question,
  plans: IconChecklist,
  indicators: IconChartLine,
  reports: IconFileReport,
  budget: IconCoins,
  children: IconMoodKid,
  services: IconHeartHandshake,
  oversight: IconZoomCheck,
  agencies: IconBuildingCommunity,
  administration: IconAdjustmentsHorizontal,
}

/** The section and the path pattern of the page one is on. */
export function useHere(): { section: string | undefined; path: string | undefined } {
  const last = useMatches().at(-1)
  return { section: last?.staticData.section, path: last?.staticData.path }
}

/** The sections as words with icons; below the one we are in, its pages. */
export function Rail({ entries, onGo }: { entries: readonly RailEntry[]; onGo?: () => void }) {
  const t = useText()
  const here = useHere()
  const at = useLocation({ select: ({ pathname }) => pathname })
  return (
    <ul className={styles.links}>
      {entries.map((entry) => {
        const SectionIcon = sectionIcons[entry.section]
        const isHere = here.section === entry.section
        const isAlone = entry.pages.length === 1
        // A page below a page of the list is shown with the nearest of them, not with all whose addresses begin the same.
        const nearest = entry.pages
          .filter(({ path }) => at === path || at.startsWith(`${path}/`))
          .toSorted((one, other) => other.path.length - one.path.length)[0]
        return (
          <li key={entry.section}>
            <Link
              to={entry.to}
              className={styles.entry}
              data-here={isHere || undefined}
              aria-current={isAlone && here.path === entry.to ? 'page' : undefined}
              activeProps={{}}
              onClick={onGo}
            >
              <SectionIcon size={20} stroke={1.6} aria-hidden />
              {t(`app.section-${entry.section}`)}
            </Link>
            {isHere && !isAlone && (
              <ul className={`${styles.links} ${styles.below}`}>
                {entry.pages.map((page) => (
                  <li key={page.path}>
                    <Link
                      to={page.path}
                      className={styles.entry}
                      aria-current={here.path === page.path ? 'page' : page === nearest ? 'true' : undefined}
                      activeOptions={{ exact: true }}
                      activeProps={{}}
                      onClick={onGo}
                    >
                      {t(page.title)}
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </li>
        )
      })}
    </ul>
  )
}
