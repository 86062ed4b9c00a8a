/** A process under `npm start`: the worker or the API as in production, ending gently when its launcher asks or has gone. */
process.once('disconnect', () => process.emit('SIGTERM', 'SIGTERM'));

if (process.argv[2] === 'worker') require('../worker/main');
else if (process.argv[2] === 'api') require('../api/main');
else throw new Error('usage: child worker|api');
