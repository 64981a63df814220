//! The links of a page.

use reqwest::Url;

/// What the page at `base` links to on its own host, without fragments.
pub(crate) fn of(base: &str, text: &str) -> Vec<String> {
    let Ok(base) = Url::parse(base) else { return Vec::new() };
    let targets = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let links = targets.filter_map(|target| base.join(target).ok());
    let own = links.filter(|link| link.host() == base.host() && link.port() == base.port());
    own.map(|mut link| {
        link.set_fragment(None);
        link.into()
    })
    .collect()
}
