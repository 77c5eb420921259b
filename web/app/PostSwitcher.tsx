import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { changePost, useSession } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import styles from './Shell.module.css'

/** The post one acts in; with several, a choice. */
export function PostSwitcher() {
  const t = useText()
  const queries = useQueryClient()
  const { posts, actingPostId } = useSession()
  const acting = posts.find((post) => post.id === actingPostId)
  if (!acting) return null
  const words = (
    <span className={styles.post}>
      <span className={styles.postName} title={acting.agencyName}>
        {acting.agencyName}
      </span>
      <span className={styles.postRole}>
        {t('app.role', { role: acting.role })}
        {acting.standsInForName !== null && ` · ${t('app.stands-in-for', { name: acting.standsInForName })}`}
      </span>
    </span>
  )
  if (posts.length === 1) return <div className={styles.postStill}>{words}</div>
  return (
    <Menu width={320} position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          h="auto"
          px="xs"
          ta="left"
          c="var(--ink)"
          rightSection={<IconChevronDown size={16} aria-hidden />}
        >
          {words}
          <span className="sr-only">{t('app.change-post')}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('app.act-as')}</Menu.Label>
        <Menu.RadioGroup value={acting.id} onChange={(id) => void changePost(queries, id)}>
          {posts.map((post) => (
            <Menu.RadioItem key={post.id} value={post.id}>
              {post.agencyName}
              <span className={styles.postRole}>
                {t('app.post-line', { role: t('app.role', { role: post.role }), unit: post.unitName })}
                {post.standsInForName !== null && ` · ${t('app.stands-in-for', { name: post.standsInForName })}`}
              </span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
