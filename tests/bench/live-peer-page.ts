// The peer's page: one field over y-websocket, tied to its text as ours is.
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { bindTextarea } from '../../tab/src/run/bind-textarea.ts';

const server = new URLSearchParams(location.search).get('server') ?? '';
const doc = new Y.Doc();
new WebsocketProvider(server, 'screens', doc, { disableBc: true });
const field = document.createElement('textarea');
document.body.append(field);
bindTextarea(field, doc.getText('note'), () => {});
