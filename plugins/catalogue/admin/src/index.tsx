export default { register(app: { registerPlugin(p: { id: string; name: string }): void }) { app.registerPlugin({ id: 'catalogue', name: 'catalogue' }); } };
