import { origin } from './bundle.ts'

/** Where the page comes from: the bundle, or the development server in a development build. Chosen by the build. */
export const pageUrl: string =
  import.meta.env.DEV && process.env.ELECTRON_RENDERER_URL !== undefined
    ? process.env.ELECTRON_RENDERER_URL
    : `${origin}/index.html`

/** The only origin that may use the bridge. */
export const pageOrigin: string = import.meta.env.DEV ? originOf(pageUrl) : origin

function originOf(url: string): string {
  return url.startsWith(origin) ? origin : new URL(url).origin
}
