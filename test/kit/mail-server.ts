import { createServer, type Socket } from 'node:net'

export type Received = { to: string; body: string }

/** A real mail server of a few lines (RFC 5321, no TLS): it takes every letter but those to `refused@…`. */
export async function aMailServer(): Promise<{ url: string; received: Received[]; close: () => Promise<void> }> {
  const received: Received[] = []
  const server = createServer((socket) => converse(socket, received))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}?ignoreTLS=true`,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function converse(socket: Socket, received: Received[]): void {
  let waiting = ''
  let letter: Received | undefined
  let isData = false
  socket.setEncoding('utf8')
  socket.write('220 test\r\n')
  socket.on('error', () => socket.destroy())
  socket.on('data', (words: string) => {
    waiting += words
    for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
      const line = waiting.slice(0, end)
      waiting = waiting.slice(end + 2)
      if (isData && letter) {
        if (line === '.') {
          isData = false
          received.push(letter)
          socket.write('250 taken\r\n')
        } else letter.body += `${line}\n`
        continue
      }
      const said = line.toUpperCase()
      if (said.startsWith('RCPT TO')) {
        letter = { to: /<(.*)>/.exec(line)?.[1] ?? '', body: '' }
        socket.write(letter.to.startsWith('refused@') ? '550 nobody here\r\n' : '250 ok\r\n')
      } else if (said === 'DATA') {
        isData = true
        socket.write('354 go on\r\n')
      } else if (said === 'QUIT') socket.end('221 bye\r\n')
      else socket.write('250 ok\r\n')
    }
  })
}
