//! Types that are known only later than the value.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::num::ParseIntError;
use std::rc::Rc;
use std::sync::Arc;

use steadfast::checked;

use crate::{other, send};

#[checked(__ask_everything)]
async fn parsed() -> u32 {
    let number = "1".parse().unwrap();
    other().await;
    number
}

#[checked(__ask_everything)]
async fn parsed_with_question_mark() -> Result<u64, ParseIntError> {
    let number = "7".parse()?;
    other().await;
    Ok(number)
}

#[checked(__ask_everything)]
async fn parsed_by_an_annotation() -> i128 {
    let number: i8 = "3".parse().unwrap_or_default();
    other().await;
    i128::from(number)
}

#[checked(__ask_everything)]
async fn collected(words: &[&str]) -> Vec<usize> {
    let lengths = words.iter().map(|word| word.len()).collect();
    other().await;
    lengths
}

#[checked(__ask_everything)]
async fn collected_into_a_result(words: &[&str]) -> Result<Vec<u8>, ParseIntError> {
    let numbers = words.iter().map(|word| word.parse()).collect();
    other().await;
    numbers
}

#[checked(__ask_everything)]
async fn collected_into_a_map(words: &[&'static str]) -> BTreeMap<&'static str, usize> {
    let mut map = words.iter().map(|word| (*word, word.len())).collect();
    other().await;
    extend(&mut map);
    map
}

fn extend(map: &mut BTreeMap<&'static str, usize>) {
    map.insert("more", 4);
}

#[checked(__ask_everything)]
async fn defaulted() -> HashMap<String, Vec<u8>> {
    let map = Default::default();
    other().await;
    map
}

#[checked(__ask_everything)]
async fn empty_vec() -> usize {
    let mut list = Vec::new();
    let none = None;
    list.push(none);
    other().await;
    list.push(Some(1_u8));
    list.len()
}

#[checked(__ask_everything)]
async fn empty_queue() -> Option<char> {
    let mut queue = VecDeque::new();
    other().await;
    queue.push_back('a');
    queue.pop_front()
}

#[checked(__ask_everything)]
async fn declared_first() -> String {
    let text;
    other().await;
    let flag = true;
    if flag {
        text = "yes".to_owned();
    } else {
        text = String::new();
    }
    text
}

#[checked(__ask_everything)]
async fn integers() -> (u8, i64, f32) {
    let small = 1;
    let large = 2;
    let real = 0.5;
    other().await;
    (small, large, real)
}

#[checked(__ask_everything)]
async fn unsuffixed_integers_only() -> bool {
    let one = 1;
    let two = one + 1;
    other().await;
    one < two
}

#[checked(__ask_everything)]
async fn converted() -> Box<str> {
    let text = "abc".into();
    other().await;
    text
}

#[checked(__ask_everything)]
async fn converted_in_a_chain() -> Arc<str> {
    let text = String::from("abc").into_boxed_str().into();
    other().await;
    text
}

#[checked(__ask_everything)]
async fn a_none_of_something() -> Option<HashMap<u8, u8>> {
    let nothing = None;
    other().await;
    nothing
}

#[checked(__ask_everything)]
async fn a_result_with_an_open_error() -> Result<u8, String> {
    let fine = Ok(3);
    other().await;
    fine
}

#[checked(__ask_everything)]
async fn summed(numbers: &[u32]) -> u32 {
    let sum = numbers.iter().sum();
    let product: u32 = numbers.iter().product();
    other().await;
    if product > 3 { sum } else { product }
}

#[checked(__ask_everything)]
async fn a_closure_with_open_arguments() -> usize {
    let length = |text| str::len(text);
    other().await;
    length("abc")
}

#[checked(__ask_everything)]
async fn an_array_of_open_elements() -> [u16; 3] {
    let array = [0; 3];
    other().await;
    array
}

#[checked(__ask_everything)]
async fn a_tuple_of_open_parts() -> (Vec<u8>, Option<String>) {
    let (list, text) = (Vec::new(), None);
    other().await;
    (list, text)
}

#[checked(__ask_everything)]
async fn coerced_to_a_trait_object() -> Box<dyn Fn(u8) -> u8 + Send> {
    let add = 1;
    let function = Box::new(move |number| number + add);
    other().await;
    function
}

#[checked(__ask_everything)]
async fn coerced_to_a_slice() -> usize {
    let array = [1_u8, 2, 3];
    let slice: &[u8] = &array;
    other().await;
    slice.len()
}

#[checked(__ask_everything)]
async fn function_items_and_pointers() -> usize {
    let item = str::len;
    let pointer: fn(&str) -> usize = str::len;
    other().await;
    item("a") + pointer("bc")
}

#[checked(__ask_everything)]
async fn not_send_before_the_await() -> u8 {
    let number = {
        let shared = Rc::new(3);
        *shared
    };
    other().await;
    number
}

#[tokio::test]
async fn all_of_them_run() {
    assert_eq!(send(parsed()).await, 1);
    assert_eq!(send(parsed_with_question_mark()).await, Ok(7));
    assert_eq!(send(parsed_by_an_annotation()).await, 3);
    assert_eq!(send(collected(&["a", "bc"])).await, [1, 2]);
    assert_eq!(send(collected_into_a_result(&["1", "2"])).await, Ok(vec![1, 2]));
    assert_eq!(send(collected_into_a_map(&["a"])).await.len(), 2);
    assert!(send(defaulted()).await.is_empty());
    assert_eq!(send(empty_vec()).await, 2);
    assert_eq!(send(empty_queue()).await, Some('a'));
    assert_eq!(send(declared_first()).await, "yes");
    assert_eq!(send(integers()).await, (1, 2, 0.5));
    assert!(send(unsuffixed_integers_only()).await);
    assert_eq!(&*send(converted()).await, "abc");
    assert_eq!(&*send(converted_in_a_chain()).await, "abc");
    assert_eq!(send(a_none_of_something()).await, None);
    assert_eq!(send(a_result_with_an_open_error()).await, Ok(3));
    assert_eq!(send(summed(&[1, 2, 3])).await, 6);
    assert_eq!(send(a_closure_with_open_arguments()).await, 3);
    assert_eq!(send(an_array_of_open_elements()).await, [0; 3]);
    assert_eq!(send(a_tuple_of_open_parts()).await, (Vec::new(), None));
    assert_eq!(send(coerced_to_a_trait_object()).await(1), 2);
    assert_eq!(send(coerced_to_a_slice()).await, 3);
    assert_eq!(send(function_items_and_pointers()).await, 3);
    assert_eq!(send(not_send_before_the_await()).await, 3);
}
