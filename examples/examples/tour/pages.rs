//! The web site: which page links to which, as HTML and back.
//!
//! Page 0 is the index. It links to the sections, each section to its articles, and each article to its neighbours
//! and to two pages somewhere else. Every page can be reached from the index, and most of them in more than one way.

use std::fmt::Write as _;

/// What stands before the page's number in a link.
const HREF: &str = "href=\"/page/";

/// The pages that `page` links to, on a site of `pages` pages.
pub(crate) fn links(page: u32, pages: u32) -> Vec<u32> {
    let sections = sections(pages);
    let mut links = match page {
        0 => (1..=sections).collect(),
        section if section <= sections => {
            let mut articles: Vec<u32> = (section + sections..pages).step_by(sections as usize).collect();
            articles.push(0);
            articles
        }
        // The multipliers are odd primes: they only have to spread the links over the site.
        article => vec![0, article - 1, (article + 1) % pages, article * 7 % pages, article * 31 % pages],
    };
    links.retain(|link| *link != page);
    links
}

/// The square root of the site's size, so that the index and the sections list about equally many pages.
fn sections(pages: u32) -> u32 {
    pages.saturating_sub(1).isqrt()
}

/// The HTML of `page`.
pub(crate) fn render(page: u32, pages: u32) -> String {
    let mut html = format!("<!doctype html>\n<title>Page {page}</title>\n<ul>\n");
    for link in links(page, pages) {
        let _ = writeln!(html, "<li><a {HREF}{link}\">Page {link}</a>");
    }
    html + "</ul>\n"
}

/// The pages that `html` links to.
pub(crate) fn links_in(html: &str) -> Vec<u32> {
    html.split(HREF).skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_page_can_be_reached_from_the_index() {
        for pages in [1, 2, 3, 4, 5, 40, 300, 301, 5_000] {
            let mut seen = HashSet::from([0]);
            let mut queue = vec![0];
            while let Some(page) = queue.pop() {
                queue.extend(links(page, pages).into_iter().filter(|link| seen.insert(*link)));
            }
            assert_eq!(seen, (0..pages).collect(), "of {pages} pages");
        }
    }

    #[test]
    fn the_links_survive_the_way_through_html() {
        for page in [0, 1, 17, 18, 299] {
            assert_eq!(links_in(&render(page, 300)), links(page, 300));
        }
    }

    #[test]
    fn what_is_no_link_to_a_page_is_passed_over() {
        assert_eq!(links_in(r#"<a href="/about"><a href="/page/x"><a href="/page/3">"#), [3]);
    }
}
