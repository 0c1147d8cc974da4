let patience = Infinity;

/**
 * Ends this process when its parent is gone, even killed: the IPC channel between the two then
 * closes. SIGTERM at once, SIGKILL after `patienceMs` milliseconds. Asked twice (for a child of
 * Strapi's, by both of its parents), the shorter patience counts.
 * @param {number} patienceMs
 */
export function followParent(patienceMs) {
  if (!process.channel) return;
  const first = patience === Infinity;
  patience = Math.min(patience, patienceMs);
  if (!first) return;
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), patience).unref();
  });
}
