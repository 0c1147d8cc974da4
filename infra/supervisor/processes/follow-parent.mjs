// Loaded with --import into every child: a killed parent closes the channel, and nothing must stay behind.
// Also reaches Strapi under the door, because fork passes the option on.
if (process.channel) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 12_000).unref();
  });
}
