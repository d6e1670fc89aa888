import './style.css';
import './own.css';
import { prepareForm } from './compose.ts';
import { offerCopying } from './copy.ts';
import { listenForNews } from './listen.ts';
import { prepareOwn } from './prepareOwn.ts';
import { prepareThread } from './thread.ts';
import { rememberTextSize } from './textSize.ts';

// The page is whole without any of this; each part finds its place in it, or does nothing.
rememberTextSize();
offerCopying(document);
prepareForm();
prepareThread();
prepareOwn();
listenForNews();
