//! Prints what policies cost. `benches/README.md` explains the figures.
use steadfast_benches::{sides, valgrind};
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let subjects = sides::subjects();
    if args.first().map(String::as_str) == Some("--run") {
        subjects[args[1].parse::<usize>().unwrap()].run(args[2].parse().unwrap());
        return;
    }
    for (i, s) in subjects.iter().enumerate() {
        if let Some(filter) = args.first() {
            if !format!("{:?}", s.side).contains(filter.as_str())
                && !format!("{:?}", s.case).contains(filter.as_str())
            {
                continue;
            }
        }
        let c = valgrind::count(i, s).unwrap();
        println!(
            "{i:3} {:40} {:16} {:9.1} {:7.3} {:5}",
            format!("{:?}", s.case),
            s.side.name(),
            c.instructions,
            c.allocations,
            s.size
        );
    }
}
