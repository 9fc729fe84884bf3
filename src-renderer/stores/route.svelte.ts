import { formatRoute, parseRoute, type Route } from '../shell/route.ts'

/** The current route, kept in step with `location.hash`. */
export class RouteStore {
  current = $state.raw<Route>(parseRoute(location.hash))

  /** Follows the hash until the returned function is called. */
  open(): () => void {
    const follow = (): void => void (this.current = parseRoute(location.hash))
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }

  /** Changes a part of the route; a change of place is a step that Back undoes. */
  go(change: Partial<Route>): void {
    const next = { ...this.current, ...change }
    const isStep = next.place !== this.current.place
    this.current = next
    if (isStep) history.pushState(null, '', formatRoute(next))
    else history.replaceState(null, '', formatRoute(next))
  }
}
