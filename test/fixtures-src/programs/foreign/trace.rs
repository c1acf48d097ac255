fn decode(ids: &[u32], at: usize) -> u32 {
    ids[at]
}

fn main() {
    let ids = vec![1, 2];
    println!("{}", decode(&ids, std::env::args().count() + 6));
}
