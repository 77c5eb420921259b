import { chromium } from 'playwright-core'
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const p = await b.newPage({ viewport: { width: 1440, height: 500 } })
await p.goto('http://127.0.0.1:8110/dang-nhap'); await p.fill('#login', 'quan.tri'); await p.fill('#password', 'bốn con trâu đen'); await p.getByRole('button', { name: 'Đăng nhập' }).click(); await p.waitForURL((u) => !/dang-nhap/.test(u.pathname))
await p.goto('http://127.0.0.1:8110/quan-tri/nguoi-dung'); await p.getByText('hoa.').first().waitFor(); await p.screenshot({ path: '/tmp/apg/shots/x.png' })
await b.close()
