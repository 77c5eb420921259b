import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core'
import { IconLogout, IconUser, IconUserCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { signOut, useSession } from '../kit/session.tsx'
import { textSizes, useTextSize } from '../kit/text-size.ts'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { useProblemWords } from '../kit/problem-words.ts'

const looks = ['auto', 'light', 'dark'] as const

/** Who is signed in, how the screen looks, and the way out. */
export function PersonMenu() {
  const t = useText()
  const format = useFormat()
  const { size, choose } = useTextSize()
  const queries = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  const words = useProblemWords()
  const { person } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  async function leave() {
    try {
      await signOut(queries)
      await router.navigate({ to: '/dang-nhap' })
    } catch (problem) {
      toast({ kind: 'problem', text: words(problem) })
    }
  }
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon aria-label={t('app.person', { name: person.name })} title={person.name}>
          <IconUserCircle size={22} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{person.name}</Menu.Label>
        <Menu.Item component={Link} to="/tai-khoan" leftSection={<IconUser size={18} stroke={1.6} aria-hidden />}>
          {t('access.own-account')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('app.text-size')}</Menu.Label>
        <Menu.RadioGroup
          value={String(size)}
          onChange={(wanted) => choose(textSizes.find((one) => String(one) === wanted) ?? 100)}
        >
          {textSizes.map((one) => (
            <Menu.RadioItem key={one} value={String(one)}>
              {format.percent(one / 100)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t('app.look')}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(look) => setColorScheme(looks.find((one) => one === look) ?? 'auto')}
        >
          {looks.map((look) => (
            <Menu.RadioItem key={look} value={look}>
              {t(`app.look-${look}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} stroke={1.6} aria-hidden />} onClick={() => void leave()}>
          {t('app.sign-out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
