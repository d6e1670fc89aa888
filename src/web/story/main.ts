import './style.css';
import { prepareForm } from './compose.ts';
import { offerCopying } from './copy.ts';
import { listenForNews } from './news.ts';
import { rememberTextSize } from './textSize.ts';

// The page is whole without any of this; each part finds its place in it, or does nothing.
rememberTextSize();
offerCopying(document);
prepareForm();
listenForNews();
