// Strapi's former media library is wholly French and as capable; the new one still speaks English
// on most of its screens.
export default { useLegacyMediaLibrary: true };
