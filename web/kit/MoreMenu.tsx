import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useText } from './text.tsx'

/** Where an entry leads, or what it does. */
export type MoreItem = { label: string; isDisabled?: boolean } & ({ to: string } | { act: () => void })

/** Acts a page offers beside its main ones; nothing where there are none. */
export function MoreMenu({ items }: { items: readonly MoreItem[] }) {
  const t = useText()
  if (items.length === 0) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={18} stroke={1.6} aria-hidden />}>
          {t('kit.more-acts')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map((item) =>
          'to' in item ? (
            <Menu.Item key={item.label} component={Link} to={item.to} disabled={item.isDisabled === true}>
              {item.label}
            </Menu.Item>
          ) : (
            <Menu.Item key={item.label} onClick={item.act} disabled={item.isDisabled === true}>
              {item.label}
            </Menu.Item>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
