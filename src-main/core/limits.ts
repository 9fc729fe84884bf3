/** From where on a server's clock is off: beyond these its tokens and schedules err. Appwrite itself fails above 60 s. */
export const driftLimits = { warningMs: 2_000, criticalMs: 30_000 } as const

/** Days before its end from which a certificate is late: Appwrite renews 30 days before, so at 14 it failed a fortnight. */
export const certificateLimits = { warningDays: 14, criticalDays: 2 } as const
