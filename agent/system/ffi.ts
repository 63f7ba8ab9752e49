/** Node's foreign function interface; undefined where this Node has none. */
export function foreignFunctions() {
  return quietly(() => process.getBuiltinModule('node:ffi'))
}

/** Node warns whoever loads it that it is young; the decision for it is written down, so nobody need read that. */
function quietly<T>(load: () => T): T {
  const emitWarning = process.emitWarning.bind(process)
  process.emitWarning = () => undefined
  try {
    return load()
  } finally {
    process.emitWarning = emitWarning
  }
}
