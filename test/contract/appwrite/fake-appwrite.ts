import type { RequestListener } from 'node:http'

/** An Appwrite's answers to the doctor: version, project and key, as 1.9 gives them (API facts §2). */
export function appwriteAt(base: string, version: string, projectId: string, apiKey: string): RequestListener {
  return ({ url, headers }, response) => {
    const reply = (status: number, body: unknown): void => {
      response.writeHead(status, { 'Content-Type': 'application/json', 'X-Debug-Speed': '0.001', Server: 'Appwrite' })
      response.end(JSON.stringify(body))
    }
    const error = (status: number, type: string): void =>
      reply(status, { message: `Told: ${type}`, code: status, type, version })
    if (url === `${base}/health/version`) reply(200, { version })
    else if (url !== `${base}/health`) error(404, 'general_route_not_found')
    else if (headers['x-appwrite-project'] !== projectId) error(404, 'project_not_found')
    else if (headers['x-appwrite-key'] === undefined) error(401, 'general_unauthorized_scope')
    else if (headers['x-appwrite-key'] !== apiKey) error(401, 'user_unauthorized')
    else reply(200, { name: 'http', ping: 0, status: 'pass' })
  }
}
