/** As shells give it for a command that SIGINT ended. */
const interruptedExitCode = 130;
const names = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs `act` with a signal that SIGINT and SIGTERM abort; a second one of them ends the process at once. The listener
 * stays after the first: a lock-file library below testcontainers raises a signal again, deadly, once no other listener
 * is left.
 */
export async function interruptible<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const onSignal = (): void => {
    if (interrupt.signal.aborted) process.exit(interruptedExitCode);
    interrupt.abort(new Error('interrupted'));
  };
  for (const name of names) process.on(name, onSignal);
  try {
    return await act(interrupt.signal);
  } finally {
    for (const name of names) process.off(name, onSignal);
  }
}
