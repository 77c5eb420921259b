import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconFolderOff, type Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ApiProblem, isUnreachable } from './problem.ts'
import { useProblemWords } from './problem-words.ts'
import { useText } from './text.tsx'
import styles from './Empty.module.css'

export interface EmptyProps {
  title: ReactNode
  children?: ReactNode
  icon?: Icon
  act?: ReactNode
  /** It is all the page has: its title is the page's heading. */
  isPage?: boolean
}

/** Nothing to show, said kindly, and what comes next. */
export function Empty({ title, children, icon: EmptyIcon, act, isPage = false }: EmptyProps) {
  const Title = isPage ? 'h1' : 'p'
  return (
    <div className={styles.empty}>
      {EmptyIcon && <EmptyIcon size={28} stroke={1.4} aria-hidden />}
      <Title className={styles.title}>{title}</Title>
      {children && <div className={styles.words}>{children}</div>}
      {act}
    </div>
  )
}

/** What could not be loaded, why, and a way to try again. Not found and out of scope look the same. */
export function LoadFailed({ problem, onRetry }: { problem: unknown; onRetry?: () => void }) {
  const t = useText()
  const words = useProblemWords()
  if (problem instanceof ApiProblem && problem.status === 404) {
    return (
      <Empty title={t('kit.not-found')} icon={IconFolderOff}>
        {t('kit.not-found-words')}
      </Empty>
    )
  }
  const isOff = isUnreachable(problem)
  return (
    <div role="alert">
      <Empty
        title={isOff ? t('kit.offline') : t('kit.load-failed')}
        icon={isOff ? IconCloudOff : IconAlertTriangle}
        act={
          onRetry && (
            <Button variant="default" onClick={onRetry}>
              {t('kit.retry')}
            </Button>
          )
        }
      >
        {words(problem)}
      </Empty>
    </div>
  )
}
