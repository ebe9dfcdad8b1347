import './styles.js';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.js';
import { Console } from './console.js';
import { giveNonceToLibraries, readNonce } from './nonce.js';
import { createConsoleRouter, fetchPage } from './router.js';
import { takeAbsentSession } from './session/session.js';
import { showColorScheme } from './theme/color-scheme.js';

const nonce = readNonce();
giveNonceToLibraries(nonce);
showColorScheme();

const queryClient = createQueryClient();
const isSomebodyHere = !takeAbsentSession(queryClient);
const router = createConsoleRouter(queryClient);
if (isSomebodyHere) fetchPage(router);
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place for the console');
createRoot(root).render(<Console nonce={nonce} queryClient={queryClient} router={router} />);
