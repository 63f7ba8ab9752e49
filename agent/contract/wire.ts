/** What server and client of the agent's sockets have to agree on besides the operations. */

/** Served for root. */
export const agentSocket = '/run/iserv/agent.sock'
/** Served for the platform: only what is meant for it. */
export const platformSocket = '/run/iserv/platform.sock'

/** In front of an operation's name. */
export const pathPrefix = '/v1/'

/** Name of the user who asks, for the records; no proof of anything. */
export const callerHeader = 'x-iserv-caller'
