import { BoxError, isBoxError } from '../errors.ts'
import { foreignFunctions } from './ffi.ts'
import { generationDoor } from './generation.ts'
import type { Nftables, Processes } from './system.ts'

/** The library's stable name: the second number only grows by additions. */
const library = 'libnftables.so.1'
/** NFT_CTX_OUTPUT_JSON of nftables/libnftables.h. */
const jsonOutput = 1 << 4
/** Enough to see what nft complained about; it repeats the whole command. */
const lettersShown = 600

/** libnftables for the network this process lives in: in process where that is possible, else by the program. */
export function nftablesHere(processes: Processes): Nftables {
  // Opened at first use: few commands of iserv-ctl touch the firewall themselves.
  let door: Nftables | undefined
  const opened = (): Nftables => (door ??= nftablesInside() ?? nftablesBy(processes))
  return {
    run: (commands) => opened().run(commands),
    generation: () => opened().generation(),
  }
}

/** libnftables by the program `nft`, one process for each transaction. */
export function nftablesBy(processes: Processes): Nftables {
  return {
    async run(commands) {
      const json = commands.trimStart().startsWith('{')
      try {
        return (await processes.run(['nft', ...(json ? ['-j'] : []), '-f', '-'], { input: commands })).stdout
      } catch (error) {
        if (!isBoxError(error, 'PROCESS_FAILED')) throw error
        throw new BoxError('NFT_REFUSED', 'nft refused the rules; the rules in force are unchanged', { cause: error })
      }
    },
    // The program does not tell it.
    generation: () => undefined,
  }
}

/**
 * libnftables in this process: a lock takes 0.1 ms instead of the 5 to 20 ms of a process. Only for the network
 * namespace this process lives in. Undefined where Node cannot call it, or the library is not installed.
 */
function nftablesInside(): Nftables | undefined {
  const library = opened()
  if (library === undefined) return undefined
  const generations = generationDoor()
  return { run: async (commands) => run(library, commands), generation: () => generations?.read() }
}

function run(nft: Library, commands: string): string {
  // A context of its own for each call costs 0.03 ms, and what libnftables remembers of the kernel is never old.
  const context = nft.nft_ctx_new(0)
  try {
    if (commands.trimStart().startsWith('{')) nft.nft_ctx_output_set_flags(context, jsonOutput)
    nft.nft_ctx_buffer_output(context)
    nft.nft_ctx_buffer_error(context)
    const status = nft.nft_run_cmd_from_buffer(context, commands)
    if (status === 0) return nft.text(nft.nft_ctx_get_output_buffer(context))
    const words = nft.text(nft.nft_ctx_get_error_buffer(context)).trim().slice(0, lettersShown)
    throw new BoxError('NFT_REFUSED', `nft refused the rules; those in force are unchanged: ${words}`)
  } finally {
    nft.nft_ctx_free(context)
  }
}

type Library = NonNullable<ReturnType<typeof opened>>

function opened() {
  const ffi = foreignFunctions()
  if (ffi === undefined) return undefined
  try {
    const { functions } = ffi.dlopen(library, {
      nft_ctx_new: { arguments: ['uint32'], return: 'pointer' },
      nft_ctx_free: { arguments: ['pointer'], return: 'void' },
      nft_ctx_output_set_flags: { arguments: ['pointer', 'uint32'], return: 'void' },
      nft_ctx_buffer_output: { arguments: ['pointer'], return: 'int32' },
      nft_ctx_buffer_error: { arguments: ['pointer'], return: 'int32' },
      nft_run_cmd_from_buffer: { arguments: ['pointer', 'string'], return: 'int32' },
      nft_ctx_get_output_buffer: { arguments: ['pointer'], return: 'pointer' },
      nft_ctx_get_error_buffer: { arguments: ['pointer'], return: 'pointer' },
    })
    return { ...functions, text: (pointer: bigint) => ffi.toString(pointer) ?? '' }
  } catch {
    return undefined
  }
}
