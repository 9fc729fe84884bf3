/** One way to a server, in the order a PAC script names them. */
export type Route =
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly isTls: boolean; readonly hostname: string; readonly port: number }

/** Asks the system, such as Electron's `session.resolveProxy`: `DIRECT`, `PROXY host:port`, `HTTPS host:port; DIRECT`. */
export type ResolveProxy = (url: string) => Promise<string>

/** The routes in a PAC string; those of kinds this client cannot take, such as SOCKS, are left out. */
export function routesIn(pac: string): readonly Route[] {
  return pac.split(';').flatMap((entry): Route[] => {
    const [kind = '', place = ''] = entry.trim().split(/\s+/)
    if (/^direct$/i.test(kind)) return [{ kind: 'direct' }]
    if (!/^(proxy|http|https)$/i.test(kind)) return []
    const isTls = /^https$/i.test(kind)
    const parts = /^(?:\[([0-9a-f:.]+)\]|([^\s:/@[\]]+))(?::(\d{1,5}))?$/i.exec(place)
    const hostname = parts?.[1] ?? parts?.[2]
    const port = Number(parts?.[3] ?? (isTls ? 443 : 80))
    return hostname === undefined || port < 1 || port > 65_535 ? [] : [{ kind: 'proxy', isTls, hostname, port }]
  })
}
