import react from '@vitejs/plugin-react'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.MANGNON_DEV_SERVER ?? 'http://127.0.0.1:8080'

/** Lays every built text beside itself in two packings, so that the server sends the small one and never packs itself. */
const packed: Plugin = {
  name: 'packed',
  apply: 'build',
  writeBundle({ dir }) {
    const folder = dir ?? here('./dist/web')
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(?:js|css|html|svg|json)$/.test(name)) continue
      const place = path.join(folder, name)
      const bytes = readFileSync(place)
      if (bytes.length < 1024) continue
      writeFileSync(`${place}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
      writeFileSync(`${place}.gz`, gzipSync(bytes, { level: 9 }))
    }
  },
}

/**
 * The browser: sources in `web/`, built files in `dist/web/`, served by the server itself.
 * Nothing is inlined (no data: addresses), so that the content security policy can stay at 'self'.
 * The words of one language are one file, whatever module they come from: a reader loads only their own.
 */
export default defineConfig({
  root: here('./web'),
  plugins: [react(), packed],
  build: {
    outDir: here('./dist/web'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              debugName: 'words',
              name: (id: string) => /[\\/]messages[\\/](\w+)\.json/.exec(id)?.[1]?.replace(/^/, 'words-') ?? null,
            },
            // Alone, so that `web/app/no-eval.ts` sets it before a chunk with schemas runs.
            { name: 'zod', test: /[\\/]node_modules[\\/]zod[\\/]/ },
            {
              name: 'foundation',
              test: /[\\/]node_modules[\\/](react|react-dom|scheduler|@tanstack|@mantine|@floating-ui)[\\/]/,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    fs: {
      allow: [
        here('.'),
        fileURLToPath(import.meta.resolve('react/package.json')).replace(/[\\/]node_modules[\\/].*$/, ''),
      ],
    },
    proxy: { '/api': server, '/health': server },
  },
})
