// node tools/test/open-kept.ts <folder>: brings the databases of failed tests up again, until Ctrl-C.
import { openCluster, readRecord } from './servers.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node tools/test/open-kept.ts <folder>');

const { superuserPassword, kept = [] } = await readRecord(folder);
const cluster = await openCluster(folder, superuserPassword);
for (const database of kept) console.log(cluster.adminUrl.replace(/postgres$/, database));
console.log('Ctrl-C stops the server.');
process.once('SIGINT', () => void cluster.stop());
process.once('SIGTERM', () => void cluster.stop());
await cluster.ended;
