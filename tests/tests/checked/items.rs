//! `#[checked]` on more than one function at once.

use steadfast::checked;

use crate::{other, send};

struct Account {
    owner: String,
    balance: i64,
}

#[checked(__ask_everything)]
impl Account {
    const START: i64 = {
        let start = 10;
        start * 10
    };

    fn new(owner: &str) -> Self {
        let owner = owner.to_owned();
        Self { owner, balance: Self::START }
    }

    async fn pay(&mut self, amount: i64) -> Result<i64, String> {
        let left = self.balance - amount;
        if left < 0 {
            let owner = &self.owner;
            return Err(format!("{owner} has too little"));
        }
        other().await;
        self.balance = left;
        Ok(left)
    }

    async fn close(self) -> i64 {
        let Self { owner, balance } = self;
        drop(owner);
        other().await;
        balance
    }

    #[allow(clippy::manual_async_fn)]
    fn owner(&self) -> impl Future<Output = &str> {
        async {
            let owner = self.owner.as_str();
            other().await;
            owner
        }
    }
}

#[checked(__ask_everything)]
trait Store: Sync {
    const KEYS: usize;

    fn load(&self, key: u8) -> impl Future<Output = Option<String>> + Send;

    async fn load_or_default(&self, key: u8) -> String {
        let value = self.load(key).await;
        other().await;
        value.unwrap_or_default()
    }

    fn both(&self) -> impl Future<Output = usize> + Send {
        async move {
            let mut count = 0;
            for key in 0..2 {
                let value = self.load(key).await;
                count += value.map_or(0, |text| text.len());
            }
            count
        }
    }
}

struct Memory(Vec<String>);

#[checked(__ask_everything)]
impl Store for Memory {
    const KEYS: usize = 2;

    async fn load(&self, key: u8) -> Option<String> {
        let index = usize::from(key);
        let value = self.0.get(index)?;
        other().await;
        Some(value.clone())
    }
}

#[async_trait::async_trait]
trait Dynamic {
    async fn name(&self) -> String;
    async fn rename(&mut self, name: &str) -> usize;
}

/// Above `async_trait`: the methods are still `async`.
#[checked(__ask_everything)]
#[async_trait::async_trait]
impl Dynamic for Account {
    async fn name(&self) -> String {
        let name = self.owner.clone();
        other().await;
        name
    }

    async fn rename(&mut self, name: &str) -> usize {
        let before = std::mem::replace(&mut self.owner, name.to_owned());
        other().await;
        before.len()
    }
}

/// Below `async_trait`: they are boxed blocks.
#[async_trait::async_trait]
impl Dynamic for Memory {
    #[checked(__ask_everything)]
    async fn name(&self) -> String {
        let first = self.0.first();
        other().await;
        first.cloned().unwrap_or_default()
    }

    #[checked(__ask_everything)]
    async fn rename(&mut self, name: &str) -> usize {
        let name = name.to_owned();
        self.0.clear();
        other().await;
        self.0.push(name);
        self.0.len()
    }
}

#[checked(__ask_everything)]
mod inner {
    use std::collections::HashMap;

    pub(crate) async fn counted(words: &[&str]) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        for word in words {
            let count = counts.entry((*word).to_owned()).or_default();
            *count += 1;
            super::other().await;
        }
        counts
    }

    pub(crate) struct Counter(pub(crate) u8);

    impl Counter {
        pub(crate) async fn next(&mut self) -> u8 {
            let before = self.0;
            self.0 += 1;
            super::other().await;
            before
        }
    }

    pub(crate) mod deeper {
        pub(crate) async fn doubled(number: u8) -> u8 {
            let double = number * 2;
            crate::other().await;
            double
        }
    }

    #[cfg(test)]
    #[tokio::test]
    async fn a_test_is_a_function_too() {
        let mut counter = Counter(1);
        let first = counter.next().await;
        assert_eq!(first + counter.0, 3);
    }
}

#[tokio::test]
async fn all_of_them_run() {
    let mut account = Account::new("ann");
    assert_eq!(send(account.pay(30)).await, Ok(70));
    assert!(send(account.pay(300)).await.is_err());
    assert_eq!(send(account.owner()).await, "ann");
    assert_eq!(account.rename("bob").await, 3);
    assert_eq!(account.name().await, "bob");
    assert_eq!(send(account.close()).await, 70);
    let mut memory = Memory(vec!["a".to_owned(), "bc".to_owned()]);
    assert_eq!(memory.load_or_default(1).await, "bc");
    assert_eq!(send(memory.both()).await, 3);
    assert_eq!(memory.name().await, "a");
    assert_eq!(memory.rename("d").await, 1);
    assert_eq!(Memory::KEYS, 2);
    assert_eq!(send(inner::counted(&["a", "a"])).await["a"], 2);
    assert_eq!(inner::Counter(4).next().await, 4);
    assert_eq!(send(inner::deeper::doubled(2)).await, 4);
}
