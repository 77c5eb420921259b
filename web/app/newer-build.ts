const key = 'mangnon.reloaded-at'
const pause = 30_000

/**
 * An open page asks for a part that an upgrade has replaced: the page is loaded anew, once, instead of failing. Where
 * loading anew did not help within the last half minute, the failure is shown.
 */
export function followNewerBuild(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(key) ?? 0)
    if (Date.now() - last < pause) return
    event.preventDefault()
    sessionStorage.setItem(key, String(Date.now()))
    window.location.reload()
  })
}
