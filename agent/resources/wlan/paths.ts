/** Where things lie on the box. */

export const unit = 'freeradius.service'

/** What FreeRADIUS reads and what the agent renders. */
export const currentFolder = '/var/lib/iserv/current/wlan'

/**
 * Secrets, outside the generations: those can be exported and gone back to. root:freerad with the group's bit set
 * (tmpfiles.d), so that a file of mode 0640 in it is for root and FreeRADIUS only.
 */
export const secretsFolder = '/var/lib/iserv/wlan'
export const secretFile = (accessPoint: string): string => `${secretsFolder}/${accessPoint}.secret`

/** What the running server says of itself: the digest of what it has loaded, and the secret by which it is asked. */
export const loadedFile = `${secretsFolder}/loaded.conf`
/** The same secret for the one who asks, who is root. */
export const askingFile = `${secretsFolder}/asking`

/** Answers the agent's questions; nobody else can reach it. */
export const statusAddress = '127.0.0.1:18120'

/** The box's certificate, which devices are told to trust, and its key: for root alone, systemd hands them to FreeRADIUS. */
export const certificateFolder = '/var/lib/iserv/certificates'
export const certificateFile = `${certificateFolder}/server.pem`
