import type { System } from '../../system/system.ts'

interface Link {
  readonly addr_info?: readonly { readonly local?: string; readonly scope?: string }[]
}

/** The box's addresses towards the internet as the kernel has them; empty while the line is down. */
export async function uplinkAddresses(
  port: string,
  { processes }: Pick<System, 'processes'>,
): Promise<readonly string[]> {
  const { status, stdout } = await processes.run(['ip', '-j', 'address', 'show', 'dev', port], { accept: [0, 1] })
  if (status !== 0) return []
  return (JSON.parse(stdout) as readonly Link[]).flatMap(({ addr_info = [] }) =>
    addr_info.flatMap(({ local, scope }) => (local === undefined || scope === 'link' ? [] : local)),
  )
}
